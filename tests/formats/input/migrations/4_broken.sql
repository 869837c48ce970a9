SELECT '%0A::error::' FROM FROM "]]>";
