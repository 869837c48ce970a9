UPDATE app.users SET name = '';
