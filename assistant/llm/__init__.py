"""Language models behind one port: back ends, prompts, tokens, deadlines and the tool loop; never what may be done or said."""
