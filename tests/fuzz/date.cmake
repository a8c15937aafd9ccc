newsd_fuzz(date DEPS newsd_text)
