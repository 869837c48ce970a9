UPDATE notes SET body = '-' WHERE org_id = '5d6a3a46-0a4e-4a59-8f3d-53b2c4b2f0f1' AND body = '';
