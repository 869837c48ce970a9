UPDATE builds SET place = place - 1;
