#!/usr/bin/env python3
"""Makes vader.en.tsv: python3 make_vader.py vader_lexicon.txt > vader.en.tsv

vader_lexicon.txt is that of https://github.com/cjhutto/vaderSentiment (MIT). Of its rows the words are kept (no
emoticons, no net slang in capitals or with digits) and of each its mean rating, one row a rating."""
import collections
import re
import sys

words = collections.defaultdict(list)
for line in open(sys.argv[1], encoding="utf-8"):
    word, rating = line.split("\t")[:2]
    if re.fullmatch(r"[a-z]{2,}('[a-z]+)?", word) and f"{float(rating):.1f}" not in ("0.0", "-0.0"):
        words[f"{float(rating):.1f}"].append(word)
print("""# Ratings of words between -4 (most negative) and 4: rating, words. Made by make_vader.py from the lexicon of VADER,
# https://github.com/cjhutto/vaderSentiment, Copyright (c) 2016 C.J. Hutto, MIT License:
#
# Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
# documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
# rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
# persons to whom the Software is furnished to do so, subject to the following conditions:
#
# The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
# Software.
#
# THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
# WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
# COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
# OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.""")
for rating in sorted(words, key=float, reverse=True):
    print(rating, " ".join(sorted(words[rating])), sep="\t")
