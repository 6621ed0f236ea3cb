"""What Mizan found, beside what is true: the consensus against the reviews, the scorecards against the stated skills."""

from reviews import Reviews
from world import SUPPLIERS, annotators_of


def print_score(mizan, project_id):
    print_consensus(mizan, project_id)
    print_suppliers(mizan, project_id)


def print_consensus(mizan, project_id):
    """Gold is left out: its answer was given. So is what nobody is done with."""
    reviews = Reviews()
    right = count = label_count = 0
    confidence = 0.0
    for row in mizan.everything(f"/projects/{project_id}/consensus?state=done"):
        if row["basis"] != "labels":
            continue
        count += 1
        label_count += row["label_count"]
        confidence += row["confidence"]
        right += row["answer"] == reviews[int(row["external_id"].partition("-")[2])].sentiment
    if count == 0:
        print("no task is done yet")
        return
    print(f"consensus of {count} tasks that are done, {label_count / count:.1f} labels each: {right / count:.1%} right; "
          f"Mizan expects {confidence / count:.1%}")


def print_suppliers(mizan, project_id):
    print(f"{'supplier':<20} {'stated':>7} {'found':>7}   {'95 % interval':<15} {'labels':>7}  dollars a correct label")
    stated = {supplier.name: mean([accuracy for _, accuracy in annotators_of(supplier)]) for supplier in SUPPLIERS}
    names = {supplier["supplier_id"]: supplier["name"] for supplier in mizan.get(f"/projects/{project_id}/suppliers")["data"]}
    cards = mizan.get(f"/projects/{project_id}/suppliers/scorecards")["suppliers"]
    for card in sorted(cards, key=lambda card: -(card["accuracy"] or 0)):
        name = names[card["supplier_id"]]
        low, high = card["accuracy_interval"]
        cost = card["cost_per_accepted_correct_label"]
        print(f"{name:<20} {stated[name]:>7.1%} {shown(card['accuracy']):>7}   {shown(low):>6} … {shown(high):<6} "
              f"{card['label_count']:>7}  {'not known' if cost is None else f'{cost:.3f}'}")


def shown(share):
    return "?" if share is None else f"{share:.1%}"


def mean(values):
    return sum(values) / len(values)
