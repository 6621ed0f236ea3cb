"""The pilot's suppliers with their stated skill, and what the lab sets up for them. Mizan is told no skill."""

import csv
import dataclasses
import random

GOLD_EVERY = 20  # one review in so many is hidden gold
FIRST_TASKS = 400
PROJECT = "Pilot: sentiment of reviews"
# People who can sign in beside the owner and the suppliers' managers.
ANNOTATOR = "annotator@bazaar.example"
REVIEWER = "reviewer@lab.example"


@dataclasses.dataclass(frozen=True)
class Supplier:
    name: str
    kind: str
    manager: str  # who signs in for it
    annotators: int
    accuracy: tuple  # of the worst and of the best annotator
    price_micros: int  # of an annotation, in millionths of a dollar
    seconds: float  # an answer takes, on average


SUPPLIERS = (
    Supplier("Bazaar crowd", "crowd", "manager@bazaar.example", 12, (0.62, 0.82), 50_000, 3),
    Supplier("Consilium experts", "expert", "manager@consilium.example", 4, (0.92, 0.97), 600_000, 9),
    Supplier("Judge model", "model", "manager@judge.example", 1, (0.84, 0.84), 10_000, 1),
)

REVIEW_TEMPLATE = {
    "title": "Sentiment of a product review",
    "display": [{"type": "text", "title": "Review", "path": "/text"}],
    "questions": [
        {
            "name": "sentiment",
            "type": "choice",
            "title": "What does the writer feel about the product?",
            "options": [
                {"value": "positive", "title": "Content", "shortcut": "1"},
                {"value": "neutral", "title": "Neither", "shortcut": "2"},
                {"value": "negative", "title": "Disappointed", "shortcut": "3"},
            ],
        }
    ],
}

PATIENT_TEMPLATE = {
    "title": "Fitness for anaesthesia",
    "display": [{"type": "text", "title": "Patient", "path": "/patient"}],
    "questions": [
        {
            "name": "fitness",
            "type": "choice",
            "title": "Which class of pre-operative fitness is the patient in?",
            "options": [{"value": "1", "title": "1: fit"}, {"value": "2"}, {"value": "3"}, {"value": "4", "title": "4: unfit"}],
        }
    ],
}


def annotators_of(supplier):
    """(contributor id, accuracy) of each, always the same."""
    chance = random.Random(supplier.name)
    return [(f"{supplier.kind}-{number:02}", chance.uniform(*supplier.accuracy)) for number in range(1, supplier.annotators + 1)]


def review_row(number, review):
    """A review as a line of a task import."""
    row = {"external_id": f"review-{number}", "payload": {"text": review.text}, "language": "en"}
    if number % GOLD_EVERY == 0:
        row["gold"] = {"answers": {"sentiment": review.sentiment}, "explanation": "The writer says so.", "concept": review.sentiment}
    return row


def import_reviews(mizan, project_id, reviews, numbers):
    mizan.post_lines(f"/projects/{project_id}/tasks:import", (review_row(number, reviews[number]) for number in numbers))


def make_project(mizan, name, instructions, settings, template):
    project_id = mizan.post("/projects", {"name": name, "instructions": instructions, "settings": settings})["project_id"]
    mizan.post(f"/projects/{project_id}/templates", template)
    return project_id


def invite(lab, email, password, **membership):
    """Invites somebody, who accepts; gives their own signed-in client."""
    token = lab.post("/invites", {"email": email, **membership})["token"]
    person = lab.stranger()
    person.accept_invite(token, email.partition("@")[0].capitalize(), password)
    return person


def make_supplier(lab, project_id, supplier):
    """A supplier with terms for its work on the project; gives its id."""
    supplier_id = lab.post("/suppliers", {"name": supplier.name, "kind": supplier.kind})["supplier_id"]
    terms = {"supplier_id": supplier_id, "price_micros": supplier.price_micros, "currency": "USD"}
    lab.post(f"/projects/{project_id}/suppliers", terms)
    return supplier_id


def staff_supplier(manager, supplier, supplier_id):
    """What the supplier does itself: registers its people, and makes a key for its annotation system."""
    for contributor_id, _ in annotators_of(supplier):
        manager.post(f"/suppliers/{supplier_id}/annotators", {"contributor_id": contributor_id})
    key = {"name": "annotation system", "role": "supplier_manager", "supplier_id": supplier_id}
    return manager.post("/api_keys", key)["secret"]


def set_up_pilot(lab, reviews, password):
    """`lab` is signed in as an owner; everybody who is invited takes `password`. Gives what the pilot runs with."""
    project_id = make_project(
        lab,
        PROJECT,
        "Read the review and say what its writer feels about the **product**, not about the delivery.",
        {"overlap": {"kind": "adaptive", "labels_per_task": 3, "max_labels_per_task": 7, "target_posterior": 0.95}},
        REVIEW_TEMPLATE,
    )
    keys = {}
    for supplier in SUPPLIERS:
        supplier_id = make_supplier(lab, project_id, supplier)
        manager = invite(lab, supplier.manager, password, role="supplier_manager", supplier_id=supplier_id)
        keys[supplier.name] = staff_supplier(manager, supplier, supplier_id)
        if supplier.kind == "crowd":
            invite(lab, ANNOTATOR, password, role="annotator", supplier_id=supplier_id)
    invite(lab, REVIEWER, password, role="reviewer")
    import_reviews(lab, project_id, reviews, range(1, FIRST_TASKS + 1))
    lab_key = {"name": "Pilot: the lab's program", "role": "data_lead", "project_id": project_id}
    return {"project_id": project_id, "lab_key": lab.post("/api_keys", lab_key)["secret"], "supplier_keys": keys}


def set_up_anaesthetists(lab, file):
    """Dawid & Skene's patients (1979): annotations that were made elsewhere, imported as a supplier's own."""
    project_id = make_project(
        lab, "Anaesthetists (Dawid & Skene 1979)", "Five anaesthetists judged 45 patients.", {}, PATIENT_TEMPLATE
    )
    supplier_id = lab.post("/suppliers", {"name": "Hospital", "kind": "expert"})["supplier_id"]
    lab.post(f"/projects/{project_id}/suppliers", {"supplier_id": supplier_id})
    with open(file, newline="", encoding="utf-8") as text:
        labels = [tuple(row.values()) for row in csv.DictReader(text)]
    patients = dict.fromkeys(patient for patient, *_ in labels)
    tasks = [{"external_id": patient, "payload": {"patient": patient.capitalize()}} for patient in patients]
    lab.post_lines(f"/projects/{project_id}/tasks:import", tasks)
    # The first anaesthetist judged every patient three times: the first judgement counts here.
    firsts = {}
    for patient, annotator, label, *_ in labels:
        firsts.setdefault((patient, annotator), label)
    rows = [
        {"external_id": patient, "contributor_id": annotator, "answers": {"fitness": label}}
        for (patient, annotator), label in firsts.items()
    ]
    lab.post_lines(f"/projects/{project_id}/suppliers/{supplier_id}/annotations:import", rows)
    return project_id
