"""The README.md of the bundled model folder."""

from __future__ import annotations

from typing import Any

_CARD = """---
language: [vi, en, zh]
library_name: sentence-transformers
pipeline_tag: sentence-similarity
license: cc-by-sa-4.0
---
# HỏiBáo's sentence encoder

6 transformer layers, 384 numbers a text, word pieces for Vietnamese with and without marks, English and Chinese; at
most 512 pieces a text. Mean pooling, unit vectors, no prompts. Load it with
`SentenceTransformer(folder, model_kwargs={{"dtype": torch.float32}})`.

It finds passages for questions in Vietnamese, and for English and Chinese questions in Vietnamese text. It is made to
stand beside BM25, not to replace it: add the two, each scaled to [0, 1], as the figures below do.

It has learnt late interaction too: the weighted mean, over the question's pieces, of each one's largest cosine among
the text's. `late_interaction.safetensors` holds `piece_weights` (pieces,) and `axes` (384, 96), on which the pieces'
unit states can be projected with little loss.

## Made from

Grown from all-MiniLM-L6-v2 (Apache 2.0) with:

| text | licence |
|---|---|
| Vietnamese Wikipedia, sections (collected by undertheseanlp/corpus.viwiki) | CC BY-SA |
| Vietnamese legal documents (collected by hrmaster1982-dev/phapluat-8chude-data) | official texts, no copyright |
| Asian Language Treebank, English-Vietnamese news | CC BY 4.0 |
| Tatoeba sentences | CC BY 2.0 FR |
| Dive into Deep Learning, mlbvn/d2l-vn | CC BY-SA 4.0 |
| microsoft/IoT-For-Beginners, microsoft/Security-101 | MIT, CC0 |
| huggingface/course, huggingface/agents-course | Apache 2.0 |
| TALPCo | CC BY 4.0 |
| Wiktionary, by open-dsl-dict | CC BY-SA 3.0 |
| Nanibot's questions for Zalo AI Challenge 2019 | MIT |
| TyDi QA; MedQuAD | Apache 2.0; CC BY 4.0 |
| CMRC 2018; DRCD | CC BY-SA 4.0; CC BY-SA 3.0 |

No text of these shares 13 words in a row with any document or question of the sets below.

## Figures

{figures}
Whole documents cut after 256 pieces; the hybrid adds BM25 over syllables and their pairs, both scaled to [0, 1] over
the best 100.

## Limits

A text becomes one vector: a long one must be split first. Numbers and rare names are BM25's part. Words typed without
marks are ambiguous and found less well than with them. Chinese was learnt from little text. What the encyclopaedia and
the news of its time say askew, it has learnt askew.

## Made by

{command}; sha256 of model.safetensors `{weights_hash}`.
"""


def model_card(command: str, weights_hash: str, figures: list[dict[str, Any]]) -> str:
    """Return the card in Markdown; without figures it says that none were measured."""
    return _CARD.format(figures=_table(figures), command=command, weights_hash=weights_hash)


def _table(figures: list[dict[str, Any]]) -> str:
    if not figures:
        return "Not measured.\n"
    lines = ["| nDCG@10 | dense alone | BM25 alone | hybrid (weight of dense) |", "|---|---|---|---|"]
    lines += [
        f"| {row['name']} | {row['dense']:.4f} | {row['lexical']:.4f} | {row['hybrid']:.4f} ({row['weight']}) |"
        for row in figures
    ]
    return "\n".join(lines) + "\n"
