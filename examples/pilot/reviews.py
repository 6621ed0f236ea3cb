"""Product reviews whose sentiment is known, because they are made from it."""

import itertools
import random
import typing

CLASSES = ["positive", "neutral", "negative"]

MIXED_SHARE = 0.25  # of the positive and the negative ones

_SEED = 7
_PRODUCTS = ["kettle", "lamp", "backpack", "keyboard", "tent", "blender", "headset", "bicycle pump", "desk", "rain jacket"]
_CLAUSES = {
    "positive": ["It does exactly what I hoped for", "I have already bought a second one", "Better than the one it replaced",
                 "My whole family uses it every day", "Set up in two minutes and quiet"],
    "neutral": ["It arrived on Tuesday", "The box holds the thing and a manual", "It is about as large as the picture shows",
                "There are other colours", "I have used it twice so far"],
    "negative": ["It broke within a week", "The seller never answered", "Louder than a motorway", "I sent it back",
                 "The lid leaks from the first day"],
}
_MIX = {"positive": 0.5, "neutral": 0.2, "negative": 0.3}


class Review(typing.NamedTuple):
    text: str
    sentiment: str
    is_mixed: bool  # says something that sounds neutral too: everybody errs more often, and in the same way


def all_reviews():
    """Without end and always the same. Texts are unique: each names its number, from 1."""
    chance = random.Random(_SEED)
    for number in itertools.count(1):
        sentiment = chance.choices(CLASSES, [_MIX[name] for name in CLASSES])[0]
        clauses = chance.sample(_CLAUSES[sentiment], 2)
        is_mixed = sentiment != "neutral" and chance.random() < MIXED_SHARE
        if is_mixed:
            clauses[0] = chance.choice(_CLAUSES["neutral"])
        text = f"Review {number} of a {chance.choice(_PRODUCTS)}: {clauses[0]}. {clauses[1]}."
        yield Review(text, sentiment, is_mixed)


class Reviews:
    """The same reviews by number; made when they are asked for. Not for two threads that both make some."""

    def __init__(self):
        self._source = all_reviews()
        self._made = []

    def __getitem__(self, number):
        while len(self._made) < number:
            self._made.append(next(self._source))
        return self._made[number - 1]

    def of_text(self, text):
        """The review with this text, which names its number."""
        return self[int(text.split()[1])]
