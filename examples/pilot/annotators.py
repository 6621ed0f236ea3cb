"""Simulated annotators: each leases a task, takes its time, answers as well as its stated skill allows, and goes on."""

import random
import threading

from mizan_client import Mizan, Problem
from reviews import CLASSES, Reviews
from world import SUPPLIERS, annotators_of

IDLE_SECONDS = 2
# How the stated errors are spread: a fifth of the reviews are mixed, and 0.8 · 0.8 + 0.2 · 1.8 = 1.
PLAIN_ERRORS, MIXED_ERRORS = 0.8, 1.8


class Annotator(threading.Thread):
    """Works as its supplier's own annotation system would, until `stopped` is set."""

    def __init__(self, mizan, project_id, contributor_id, accuracy, seconds, stopped):
        super().__init__(daemon=True, name=contributor_id)
        self.mizan, self.project_id, self.contributor_id = mizan, project_id, contributor_id
        self.accuracy, self.seconds, self.stopped = accuracy, seconds, stopped
        self.chance = random.Random()
        self.reviews = Reviews()
        self.annotation_count = 0
        self.failure = None

    def run(self):
        while not self.stopped.is_set():
            try:
                self.work()
            except Problem as problem:  # refused: going on would only be refused again
                self.failure = problem
                return
            except OSError:  # the server is away: it, or another, will be back
                pass
            self.stopped.wait(IDLE_SECONDS)

    def work(self):
        """Answers one task after the other until there is no more."""
        whom = {"contributor_id": self.contributor_id}
        assignment = self.mizan.post(f"/projects/{self.project_id}/assignments", whom)
        while assignment and not self.stopped.is_set():
            assignment = self.answer(assignment)

    def answer(self, assignment):
        """Submits an answer and gives the next assignment, or None when there is none now."""
        seconds = self.seconds * self.chance.uniform(0.5, 1.5)
        if self.stopped.wait(seconds):
            return None
        annotation = {"answers": {"sentiment": self.choose(assignment["payload"]["text"])}, "duration_us": int(seconds * 1e6)}
        try:
            submitted = self.mizan.post(f"/assignments/{assignment['assignment_id']}/annotation?next=true", annotation)
        except Problem as problem:
            if problem.code != "assignment_not_live":  # taken back meanwhile: go on with another
                raise
            return None
        self.annotation_count += 1
        return submitted["next"]

    def choose(self, text):
        """Errors on mixed reviews are more, and look alike: labels of a task do not err independently, as in life."""
        review = self.reviews.of_text(text)
        error = (1 - self.accuracy) * (MIXED_ERRORS if review.is_mixed else PLAIN_ERRORS)
        if self.chance.random() >= error:
            return review.sentiment
        return "neutral" if review.is_mixed else self.chance.choice([name for name in CLASSES if name != review.sentiment])


def start_annotators(url, pilot, speed, stopped):
    """All annotators of all suppliers, each with a connection of its own."""
    annotators = [
        Annotator(Mizan(url, pilot["supplier_keys"][supplier.name]), pilot["project_id"], contributor_id, accuracy,
                  supplier.seconds / speed, stopped)
        for supplier in SUPPLIERS
        for contributor_id, accuracy in annotators_of(supplier)
    ]
    for annotator in annotators:
        annotator.start()
    return annotators
