"""What the operating system says of a file it does not give or take, in Korean; its own words are English."""

from __future__ import annotations

import errno
import os
from typing import Final

SYSTEM_SAYS: Final[dict[str, str]] = {
    os.strerror(number): korean
    for number, korean in {
        errno.ENOENT: "그런 파일이나 폴더가 없음",
        errno.EEXIST: "같은 이름이 이미 있음",
        errno.ENOTDIR: "경로 가운데에 폴더가 아닌 것이 있음",
        errno.EISDIR: "파일이 아니라 폴더임",
        errno.ENOTEMPTY: "폴더가 비어 있지 않음",
        errno.EACCES: "권한이 없음",
        errno.EPERM: "허용되지 않은 일",
        errno.EROFS: "쓸 수 없게 된 디스크임",
        errno.ENOSPC: "디스크에 빈 공간이 없음",
        errno.EDQUOT: "허락된 공간을 다 씀",
        errno.EFBIG: "파일이 너무 큼",
        errno.ENAMETOOLONG: "이름이 너무 긺",
        errno.ELOOP: "링크가 서로를 가리킴",
        errno.EMFILE: "열어 둔 파일이 너무 많음",
        errno.ENOMEM: "메모리가 모자람",
        errno.EIO: "디스크에서 읽거나 쓰지 못함",
        errno.EBUSY: "다른 프로그램이 쓰고 있음",
        errno.EADDRINUSE: "다른 프로그램이 이미 쓰고 있음",
        errno.EADDRNOTAVAIL: "이 기계에 없는 주소임",
        errno.ETXTBSY: "실행 중인 파일임",
        errno.EINVAL: "쓸 수 없는 인자",
    }.items()
}
"""The system's words -> Korean."""
