newsd_fuzz(xml_chunks DEPS newsd_format)
