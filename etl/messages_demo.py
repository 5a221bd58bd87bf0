"""What `jipyo demo` says when it cannot write."""

from __future__ import annotations

from typing import Final

DEMO_MESSAGES: Final[dict[str, dict[str, str]]] = {
    "demo_folder_is_a_file": {
        "ko": "폴더가 아니라 파일입니다. 합성 예시를 만들 새 폴더 이름을 적어 주세요.",
        "en": "this is a file, not a folder. Name a new folder for the synthetic example.",
    },
    "demo_folder_not_empty": {
        "ko": (
            "비어 있지 않은 폴더입니다(파일 {count}개, 예: {first}). 받은 자료를 덮어쓰지 않도록 아무것도 쓰지 않았습니다. "
            "빈 폴더를 적어 주세요."
        ),
        "en": (
            "the folder is not empty ({count} entries, such as {first}). Nothing was written, so that no received file "
            "is overwritten. Name an empty folder."
        ),
    },
    "demo_not_writable": {
        "ko": "합성 예시를 쓸 수 없습니다({why}). 쓰기 권한과 남은 공간을 확인하거나 다른 폴더를 적어 주세요.",
        "en": "the synthetic example cannot be written ({why}). Check permissions and free space, or name another folder.",
    },
}
