"""What follows from definitions alone, for the cross-checks and the themes alike."""


def local_over_total(total_share, local_share):
    """Return local over total revenue, given both tax shares in percent.

    Holds if all non-tax revenue is local: then it is (100 − total share) percent of the total
    and (100 − local share) percent of the local revenue.

    >>> local_over_total(50, 20)
    0.625
    """
    return (100 - total_share) / (100 - local_share)
