"""Figures again, from votes.csv and participants.csv, of a session in which nobody was erased or moved since: `python
tools/recompute.py FOLDER`, where results.csv, session.json and results.json (`results CODE --json`) lie as well."""

# fmt: off
import csv
import json
import sys
from fractions import Fraction as F
from math import prod, sqrt
from pathlib import Path

Z, GRADED = 1.6448536269514722, ("rating", "scale", "criteria", "matrix")
ANSWERS = {"agree": [1], "pass": [0], "disagree": [-1], "choices": [1], "first": [1], "ranked": range(1, 99),
           "comparisons": [0, 1, 2], "won": [2], "equal": [1]}  # column of some ballots → the answers it counts

def score(ballot, rules, mark):  # 0 to 1; None: not of those whom the share is of
    given = [value for value in mark if value is not None and value != (3 if ballot == "pairwise" else -99)]
    if len(given) < len(mark) if ballot in GRADED else not given and ballot in ("pairwise", "opinion"):
        return None
    low, high = rules.get("lowest", 1), rules.get("highest", rules.get("points"))
    weights = [criterion["weight"] for criterion in rules.get("criteria", [])] or [1] * len(given)
    worth = dict.fromkeys(GRADED, lambda value: F(value - low, high - low)) | {
        "pairwise": lambda value: F(value, 2), "points": lambda value: F(value, rules["total"]),
        "ranking": lambda value: F(rules["places"] + 1 - value, rules["places"]) * (value > 0)}
    worths = map(worth.get(ballot, lambda value: F(value > 0)), given)
    return sum(w * it for w, it in zip(weights, worths, strict=True)) / F(sum(weights) or 1)

def read(name):
    return list(csv.DictReader((Path(sys.argv[1]) / name).open(newline="")))

about, results = (json.loads((Path(sys.argv[1]) / name).read_text()) for name in ("session.json", "results.json"))
votes, sector_of = read("votes.csv"), {row["participant"]: row["sector"] for row in read("participants.csv")}
order, told, weighed, by_heads = [found["key"] for found in about["sectors"]], {}, {}, {}
for found in about["rounds"]:
    ballot, rules, marks = found["ballot"], found["rules"], {}
    threshold = found["threshold"] or about["programme"]["threshold"]
    for row in sorted(votes, key=lambda row: row["criterion"]):
        if row["round"] == found["id"] and found["closed_at"] and row["took_part"] == row["counted"] == "true":
            value = int(row["value"].strip("'")) if row["value"] else None
            mark = marks.setdefault((row["round"], row["item"]), {}).setdefault(row["participant"], [])
            mark.append(value % 10 if ballot == "pairwise" and value is not None else value)
    voters = [sector_of[who] for who in next(iter(marks.values()), ())]
    pools = [[name] for name in order if name in voters]
    while len(pools) > 1 and min(sum(map(voters.count, pool)) for pool in pools) < threshold:
        pools.sort(key=lambda pool: (sum(map(voters.count, pool)), order.index(pool[0])))
        pools[:2] = [sorted(pools[0] + pools[1], key=order.index)]
    groups = {"all": order} | {"+".join(pool): pool for pool in pools if len(pools) > 1}
    for place, given in marks.items():
        scores = {who: it for who, mark in given.items() if (it := score(ballot, rules, mark)) is not None}
        parts = [[who for who in scores if sector_of[who] in group] for group in groups.values()]
        parts = parts if min(map(len, parts)) >= threshold else parts[: len(scores) >= threshold]
        lines = [told.setdefault((*place, name), {}) for name in [*groups][: len(parts) or 1]]
        for line, part, group in zip(lines, parts, groups.values(), strict=False):
            n, share = len(part), sum(scores[who] for who in part) / len(part)
            line |= {"n": sum(map(voters.count, group)), "of": n, "share": share}
            line["heads"], p = sum(scores[who] == 1 for who in part), float(share)
            for column, sign in (("low", -1), ("high", 1)):
                reach = sign * Z * sqrt(p * (1 - p) / n + (Z / n) ** 2 / 4)
                line[column] = (p + Z * Z / n / 2 + reach) / (1 + Z * Z / n)
        if parts:
            said = [value for mark in given.values() for value in mark if value is not None]
            lines[0] |= {name: sum(value in of for value in said) for name, of in ANSWERS.items()} | {ballot: sum(said)}
            axes = [[line["share"] for line in lines[1:]]] if ballot != "matrix" else [
                [F(sum(given[who][at] for who in part), len(part)) for part in parts[1:]] for at in (0, 1)]
            by_heads[place], weighed[place] = lines[0]["share"], lines[0]["share"] - 2
        if parts[1:]:
            widest = max(max(axis) - min(axis) for axis in axes) / (rules["points"] - 1 if ballot == "matrix" else 1)
            weighed[place] = F(sum(len(p) * it for p, it in zip(pools, axes[0], strict=True)), sum(map(len, pools)))
            lines[0] |= {"balanced": weighed[place], "spread": widest}
            lines[0]["consensus"] = prod(F(line["heads"] + 1, line["of"] + 2) for line in lines[1:])
for (round_, item, _), line in told.items():
    for column, by in (("place", weighed), ("place_heads", by_heads)) if line else ():
        line[column] = 1 + sum(it > by[round_, item] for key, it in by.items() if key[0] == round_)
rows = {(row["round"], row["item"], row["group"]): row for row in read("results.csv") if not row["criterion"]}
for key, item in ((told_["round"], item) for told_ in results["rounds"] for item in told_["items"]):
    rows[key, item["item"], "all"]["consensus"] = str(item["consensus"] or "")
pairs = [(key, name, row[name], it) for key, row in rows.items() for name, it in told[key].items() if row.get(name)]
differ = [pair for pair in pairs if abs(float(pair[2]) - pair[3]) > 5.1e-7] + [*(told.keys() ^ rows.keys())]
print(*differ, f"{len(differ)} differ, of {len(pairs)} figures in {len(rows)} lines.", sep="\n")
sys.exit(bool(differ))
