-- Nothing yet.
/* nor here */
