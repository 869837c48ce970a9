DROP TABLE messages;
DROP TYPE message_state;
