newsd_fuzz(charset DEPS newsd_text)
