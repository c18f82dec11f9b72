"""The processes of kernels and trainers: started, limited, watched, ended with all of theirs."""
