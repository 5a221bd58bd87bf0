"""The synthetic city: three evaluated years of records for somebody who has none yet, labelled 합성 예시.

The totals are those of a published case; departments, people, titles and dates are invented. The same seed gives the
same bytes on every machine and every supported Python.
"""

from etl.demo.write import write_demo

__all__ = ["write_demo"]
