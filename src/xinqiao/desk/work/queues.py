"""The queues of the desk by name: those that a state tells, and those that lie across them."""

from xinqiao.matters.queries import ACROSS, QUEUES

EVERY = (*QUEUES, *ACROSS)
