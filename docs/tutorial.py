# %% [markdown]
# # From articles to a map, in Python
#
# A notebook as a script: run it as a whole, or cell by cell in an editor that knows `# %%`.
# The tests run it, so it is true.

# %%
from pathlib import Path
from tempfile import mkdtemp

import mapper

articles = Path("examples/articles")
output = Path(mkdtemp()) / "report"

# %% [markdown]
# ## What the articles say
#
# A reading holds the accounts of events that one article tells, and every number that was set aside.
# Each value is a claim, and each claim is a slice of the article's text.

# %%
for reading in mapper.read(articles):
    for account in reading.accounts:
        for claim in account.claims:
            assert reading.article.text[claim.start : claim.end] == claim.quote
    print(reading.article.file, len(reading.accounts), "accounts,", len(reading.set_aside), "set aside")

# %% [markdown]
# ## The incidents as a table
#
# A GeoDataFrame with a row an incident. An open range has no end: "at least 13" has no maximum.

# %%
incidents = mapper.extract(articles)
print(incidents[["date_edtf", "place_name", "precision", "killed_min", "killed_max"]].to_string())

# %% [markdown]
# ## One name
#
# A name that may mean two places far apart is not guessed: its status is `ambiguous` and all candidates are listed.

# %%
for found in mapper.resolve([("Hajeen", "Deir Ezzor, Syria"), ("Springfield", "")]):
    print(found.status, found.place_name, found.longitude, found.latitude, len(found.candidates), "candidates")

# %% [markdown]
# ## The map
#
# `build` does all of it. In a notebook the last line shows the map, in a frame that may reach nothing outside itself.

# %%
view = mapper.build(articles, output)
view
