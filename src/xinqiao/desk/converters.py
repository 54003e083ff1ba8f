"""The form of numbers in an address."""


class RowConverter:
    """The id of a row, no larger than a database knows."""

    regex = r"[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class NumberConverter:
    """20260317-482915-6: the day, six digits, a check digit."""

    regex = r"[0-9]{8}-[0-9]{6}-[0-9]"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
