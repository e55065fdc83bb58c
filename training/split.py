"""Which rows are kept for dev: something of every class, and something to learn from."""

from collections import Counter, defaultdict


def on_both_sides(classes: list[tuple[int, ...]], dev: set[int]) -> set[int]:
    """`dev`, a choice of rows, with as few rows moved as it takes for every class to have a row to learn from
    and, where it has two, one in dev. classes: those of each row [n].

    Of a multi-label task a row is moved into dev only where its other labels keep one to learn from.
    """
    rows = defaultdict(list)
    for row, members in enumerate(classes):
        for one in members:
            rows[one].append(row)
    dev = set(dev)
    kept = Counter(one for row in dev for one in classes[row])
    for one in sorted(rows):
        if kept[one] == len(rows[one]):
            dev.remove(rows[one][0])
            kept.subtract(classes[rows[one][0]])
    for one in sorted(rows):
        if not kept[one] and len(rows[one]) > 1:
            spare = (row for row in rows[one] if all(len(rows[other]) - kept[other] > 1 for other in classes[row]))
            if (row := next(spare, None)) is not None:
                dev.add(row)
                kept.update(classes[row])
    return dev
