"""Product reviews whose sentiment is known, because they are made from it."""

import itertools
import random

CLASSES = ["positive", "neutral", "negative"]

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


def all_reviews():
    """(text, sentiment), without end and always the same. Texts are unique: each names its number, from 1."""
    chance = random.Random(_SEED)
    for number in itertools.count(1):
        sentiment = chance.choices(CLASSES, [_MIX[name] for name in CLASSES])[0]
        clauses = chance.sample(_CLAUSES[sentiment], 2)
        if chance.random() < 0.25:  # a mixed review: harder
            clauses[0] = chance.choice(_CLAUSES["neutral"])
        yield f"Review {number} of a {chance.choice(_PRODUCTS)}: {clauses[0]}. {clauses[1]}.", sentiment


class Reviews:
    """The same reviews by number and by text; made when they are asked for. Not for two threads that both make some."""

    def __init__(self):
        self._source = all_reviews()
        self._made = []
        self._sentiment = {}

    def __getitem__(self, number):
        """(text, sentiment) of a review, numbered from 1."""
        while len(self._made) < number:
            self._made.append(next(self._source))
            self._sentiment.update([self._made[-1]])
        return self._made[number - 1]

    def sentiment(self, text):
        """The truth about a review. The text names its number, so that anybody's tasks can be looked up."""
        if text not in self._sentiment:
            self[int(text.split()[1])]
        return self._sentiment[text]
