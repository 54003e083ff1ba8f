"""Amounts of money: whole fen (分), a hundredth of a yuan (元). Nothing is ever a fraction of a fen."""

from decimal import ROUND_DOWN, Decimal

FEN = 100


def yuan(fen: int) -> str:
    """An amount as people write it: 123456 is "1,234.56"."""
    sign = "-" if fen < 0 else ""
    whole, rest = divmod(abs(fen), FEN)
    return f"{sign}{whole:,}.{rest:02d}"


def in_yuan(fen: int) -> Decimal:
    """The same as a number of yuan, for a table."""
    return Decimal(fen) / FEN


def in_fen(amount: Decimal) -> int:
    """Yuan with at most two places as fen. Raises ValueError for a fraction of a fen."""
    fen = amount * FEN
    if fen != fen.to_integral_value(ROUND_DOWN):
        raise ValueError(f"{amount} is no whole number of fen")
    return int(fen)
