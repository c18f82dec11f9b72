"""A class of hostile notebooks: each tries one thing, harmless in throwaway surroundings."""

from hostile import (
    commanding,
    deceiving,
    exhausting,
    filling,
    flooding,
    forging,
    lying,
    meddling,
    outliving,
    prying,
    reaching,
    reading,
    smuggling,
    swelling,
    upsetting,
    writing,
)
from hostile.attack import Attack

# What isolation is there to stop: without it, each of these succeeds.
SEALED: tuple[Attack, ...] = (
    *reading.ATTACKS,
    *smuggling.ATTACKS,
    *prying.ATTACKS,
    *writing.ATTACKS,
    *reaching.ATTACKS,
    *meddling.ATTACKS,
    *commanding.ATTACKS,
    *outliving.UNSEEN,
    *outliving.ALLOWED,
    *exhausting.UNCOUNTED,
)
# What other defences stop, with isolation and without: the run ends as it must, and that is all.
HELD: tuple[Attack, ...] = (
    *exhausting.ATTACKS,
    *filling.ATTACKS,
    *flooding.ATTACKS,
    *swelling.ATTACKS,
    *outliving.ATTACKS,
    *lying.ATTACKS,
    *forging.ATTACKS,
    *deceiving.ATTACKS,
    *upsetting.ATTACKS,
)
