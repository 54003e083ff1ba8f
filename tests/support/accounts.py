"""The three accounts of a matter that closes in substance, as somebody fills them in who left nothing undone."""

ACCOUNTS = {"policy_account": "clear", "procedure_account": "clear", "care_account": "clear"}
