"""Product reviews whose sentiment is known, because they are made from it."""

import random

CLASSES = ["positive", "neutral", "negative"]

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


def make_reviews(count, seed):
    """[(text, sentiment)], the same for the same seed. Texts are unique: each names its number."""
    chance = random.Random(seed)
    reviews = []
    for number in range(1, count + 1):
        sentiment = chance.choices(CLASSES, [_MIX[name] for name in CLASSES])[0]
        clauses = chance.sample(_CLAUSES[sentiment], 2)
        if chance.random() < 0.25:  # a mixed review: harder
            clauses[0] = chance.choice(_CLAUSES["neutral"])
        reviews.append((f"Review {number} of a {chance.choice(_PRODUCTS)}: {clauses[0]}. {clauses[1]}.", sentiment))
    return reviews
