"""The form of a number in an address."""


class NumberConverter:
    """20260317-482915-6: the day, six digits, a check digit."""

    regex = r"[0-9]{8}-[0-9]{6}-[0-9]"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
