newsd_fuzz(ndjson DEPS newsd_extract)
