"""Hot spots at the desk: by place, in time, by heat; one spot with its matters and what was done."""
