"""Counts a session again from its unpacked files, with nothing of the program: `python tools/recount.py FOLDER`.

Of all closed rounds that were shown once; not words, intervals, chance, and what a budget buys. docs/methods.md says
what is counted.
"""

import csv
import json
import sys
from fractions import Fraction as F
from pathlib import Path

GRADED, YES_OR_NO = ("rating", "scale", "criteria", "matrix"), ("dots", "approve", "opinion", "budget", "choice")
COUNTED = {  # column → the answers that it counts
    "opinion": {"agree": [1], "pass": [0], "disagree": [-1]},
    "ranking": {"first": [1], "ranked": range(1, 99)},
    "pairwise": {"comparisons": [0, 1, 2], "won": [2], "equal": [1]},
    "matrix": {"high_high": ["++"], "high_low": ["+-"], "low_high": ["-+"], "low_low": ["--"]},
} | {name: {"choices": [1]} for name in ("approve", "choice", "budget")}
FIGURES = {"n", "heads", "share", "balanced", "spread", "place", "place_heads", "of", "seen", "mean", "mean_balanced"}
COLUMNS = FIGURES | {"histogram", "dots", "points"} | {name for told in COUNTED.values() for name in told}


def mean(values):
    return sum(values, F(0)) / len(values) if values else None


def rank(values):
    return {key: 1 + sum(other > value for other in values.values()) for key, value in values.items()}


def answers(ballot, rules, mark):
    given = [value for value in mark if value is not None]
    if ballot == "matrix":
        sides = [2 * value - rules["points"] - 1 for value in given]
        return ["".join("+" if side > 0 else "-" for side in sides)] if all(sides) else []
    return [value % 10 for value in given] if ballot == "pairwise" else given


def score(ballot, rules, mark):  # 0 to 1; None: not of those whom the share is of
    if ballot in GRADED:
        low, high = rules.get("lowest", 1), rules.get("highest", rules.get("points"))
        weights = [criterion["weight"] for criterion in rules.get("criteria", [{"weight": 1}] * len(mark))]
        if None in mark or -99 in mark:
            return None
        return F(sum(w * (v - low) for w, v in zip(weights, mark, strict=True)), (high - low) * sum(weights))
    if ballot == "pairwise":
        return mean([F(outcome, 2) for outcome in answers(ballot, rules, mark) if outcome < 3])
    if ballot == "opinion":
        return None if mark == [None] else F(mark == [1])
    if ballot == "ranking":
        return F(rules["places"] + 1 - mark[0], rules["places"]) if mark[0] else F(0)
    return F(mark[0], rules["total"]) if ballot == "points" else F(mark[0] > 0)


def pool(people, order, threshold):  # O's that are shown as one
    groups = [[name] for name in order if name in people]
    while len(groups) > 1:
        groups.sort(key=lambda group: (sum(map(people.count, group)), order.index(group[0])))
        if sum(map(people.count, groups[0])) >= threshold:
            return groups
        groups[:2] = [sorted(groups[0] + groups[1], key=order.index)]
    return []


def tell_means(ballot, rules, given, parts, balance):  # of each criterion: one column → figure per part
    for at in range(len(next(iter(given.values())))):
        if ballot == "ranking":
            ranked = [given[who][at] for who in parts[0] if given[who][at]]
            yield [{"mean": mean(ranked) or F(0)}, *({} for _ in parts[1:])]
        if ballot == "points" or ballot in GRADED:
            values = [[given[who][at] for who in part] for part in parts]
            means = [mean(found) for found in values[: 1 if ballot == "criteria" else None]]
            whole = {"mean": means[0], "mean_balanced": balance(means)}
            if ballot in ("rating", "scale", "criteria"):
                span = range(rules.get("lowest", 1), rules.get("highest", rules.get("points")) + 1)
                whole["histogram"] = " ".join(str(values[0].count(value)) for value in span)
            yield [whole, *({"mean": found} for found in means[1:])]


def count(round_, rows, order, threshold):  # (item, group, criterion) → column → figure
    ballot, rules, lines, places, heads_places, marks = round_["ballot"], round_["rules"], {}, {}, {}, {}
    people = {row["participant"]: row["sector"] for row in rows if row["took_part"] == row["counted"] == "true"}
    for row in sorted(rows, key=lambda row: row["criterion"]):
        mark = marks.setdefault(row["item"], {}).setdefault(row["participant"], [])
        mark.append(int(row["value"].strip("'")) if row["value"] else None)
    groups = pool([*people.values()], order, threshold)
    names = ["all", *("+".join(group) for group in groups)]
    for item, found in marks.items():
        given = {who: found[who] for who in people}
        scores = {who: it for who, mark in given.items() if (it := score(ballot, rules, mark)) is not None}
        parts = [[*scores], *([who for who in scores if people[who] in group] for group in groups)]
        n = [len(people), *(sum(who in group for who in people.values()) for group in groups)]
        if len(scores) < threshold:
            lines[item, "all", ""] = {}  # of too few
            continue
        parts = parts if min(map(len, parts)) >= threshold else parts[:1]

        def balance(values):  # each O the same weight
            return mean([value for value, group in zip(values[1:], groups, strict=False) for _ in group])

        shares = [mean([scores[who] for who in part]) for part in parts]
        cells = [{"of": len(part)} for part in parts]
        said = [answer for mark in given.values() for answer in answers(ballot, rules, mark)]
        cells[0] |= {name: sum(answer in of for answer in said) for name, of in COUNTED.get(ballot, {}).items()}
        cells[0] |= {ballot: sum(said)} if ballot in ("dots", "points") else {}
        cells[0]["spread"] = max(shares[1:]) - min(shares[1:]) if shares[1:] else None
        is_asked = ballot in GRADED or ballot == "pairwise"
        cells[0]["seen"] = sum(any(v is not None for v in mark) for mark in given.values()) if is_asked else len(scores)
        told = list(tell_means(ballot, rules, given, parts, balance))
        if ballot == "matrix" and shares[1:]:
            widths = [max(f["mean"] for f in line[1:]) - min(f["mean"] for f in line[1:]) for line in told]
            cells[0]["spread"] = max(widths) / (rules["points"] - 1)
        if ballot != "matrix":
            cells[0]["balanced"] = balance(shares)
            for cell, part, share in zip(cells, parts, shares, strict=False):
                heads = sum(scores[who] == 1 for who in part)
                cell |= {"share": share} | ({"heads": heads} if ballot in YES_OR_NO or part is parts[0] else {})
            heads_places[item] = shares[0]
            places[item] = cells[0]["balanced"] if shares[1:] else shares[0] - 2
        for number, line in enumerate(told if len(told) > 1 else [], start=1):
            lines |= {
                (item, name, str(number)): cell | {"of": len(part), "n": size}
                for name, cell, part, size in zip(names, line, parts, n, strict=False)
            }
        for at, cell in enumerate(cells):
            lines[item, names[at], ""] = cell | {"n": n[at]} | (told[0][at] if len(told) == 1 else {})
    ranks, by_heads = rank(places), rank(heads_places)
    for key, cell in lines.items():
        cell |= {"place": ranks.get(key[0]), "place_heads": by_heads.get(key[0])}
    return lines


def recount(folder):
    """Return what differs: (round, item, group, criterion, column, in the file, counted)."""
    read = {name: list(csv.DictReader((folder / name).open(newline=""))) for name in ("votes.csv", "results.csv")}
    about = json.loads((folder / "session.json").read_text())
    counted = {}
    for found in about["rounds"]:
        rows = [row for row in read["votes.csv"] if row["round"] == found["id"]]
        if found["closed_at"] and rows:
            threshold = found["threshold"] or about["programme"]["threshold"]
            lines = count(found, rows, [sector["key"] for sector in about["sectors"]], threshold)
            counted |= {(found["id"], *key): cells for key, cells in lines.items()}
    rows = {(row["round"], row["item"], row["group"], row["criterion"]): row for row in read["results.csv"]}
    different = []
    for key in sorted(rows.keys() | counted.keys()):
        for column in sorted(COLUMNS):
            figure = counted.get(key, {}).get(column)
            wanted = "" if figure is None else f"{float(figure):.6f}" if isinstance(figure, F) else str(figure)
            if key not in rows or key not in counted or rows[key][column] != wanted:
                different.append((*key, column, rows.get(key, {}).get(column), wanted))
    return different, len(rows)


if __name__ == "__main__":
    found, lines = recount(Path(sys.argv[1]))
    print(*found, f"{len(found)} figures differ, in {lines} lines.", sep="\n")
    if erased := json.loads((Path(sys.argv[1]) / "session.json").read_text())["session"].get("erased"):
        print(f"Erased since: {erased}. Figures that were shown before still count them, and rows do not.")
    sys.exit(bool(found))
