"""What Streamlit is pointed at: the script of the pages, and what is served as it is."""
