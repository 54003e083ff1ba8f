"""What is done about disputes, a file a thing: `rounds`, `register` (the disputes found), `mediations`.

Each asks the rules, writes, and adds to the history, in one transaction.
"""
