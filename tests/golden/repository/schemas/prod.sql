--
-- PostgreSQL database dump
--

-- Dumped from database version 17.2
-- Dumped by pg_dump version 17.2

CREATE TABLE entries (id bigint NOT NULL);
