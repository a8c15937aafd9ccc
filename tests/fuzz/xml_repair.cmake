newsd_fuzz(xml_repair DEPS newsd_format)
