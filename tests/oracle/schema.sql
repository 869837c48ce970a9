-- The database's schema as `dbopt-migrate schema --format json` writes it. Runs with the search path at its default.
-- What initdb made has an oid below 16384 (FirstNormalObjectId): passing over it early makes the query five times as fast.
WITH own_namespace AS (
	SELECT oid, nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
	AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_namespace'::regclass AND d.objid = pg_namespace.oid AND deptype = 'e')
), own_class AS (
	SELECT c.*, nspname FROM pg_class c JOIN own_namespace n ON n.oid = relnamespace
	WHERE relpersistence <> 't'
	AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND deptype = 'e')
), relation_acl AS (
	-- what the owner has is left out
	SELECT c.oid, json_agg(json_strip_nulls(json_build_object('column', attname, 'grantee', coalesce(rolname, 'public'), 'privilege', lower(privilege_type),
		'grantable', is_grantable)) ORDER BY attname COLLATE "C" NULLS FIRST, coalesce(rolname, 'public') COLLATE "C", lower(privilege_type) COLLATE "C") AS privileges
	FROM pg_class c CROSS JOIN LATERAL (SELECT NULL::name AS attname, a.* FROM aclexplode(relacl) a
		UNION ALL SELECT attname, a.* FROM pg_attribute, aclexplode(attacl) a WHERE attrelid = c.oid AND NOT attisdropped) x LEFT JOIN pg_roles r ON r.oid = grantee
	WHERE grantee <> relowner AND c.oid >= 16384 GROUP BY c.oid
), column_json AS (
	SELECT attrelid, json_agg(json_build_object(
		'name', attname,
		'type', format_type(atttypid, atttypmod),
		'not_null', attnotnull,
		-- beside IDENTITY one may be left from a parent; it is never used
		'default', CASE WHEN attidentity = '' THEN pg_get_expr(adbin, adrelid) END,
		'identity', CASE attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END,
		-- only the script gives the name of the sequence, and the settings of a function: see compare.c
		'identity_sequence', CASE WHEN attidentity <> '' THEN (SELECT objid::regclass::text FROM pg_depend d JOIN pg_sequence ON seqrelid = objid
			WHERE classid = 'pg_class'::regclass AND refclassid = 'pg_class'::regclass AND refobjid = attrelid AND refobjsubid = attnum AND deptype = 'i') END,
		'generated', CASE attgenerated WHEN 's' THEN 'stored' WHEN 'v' THEN 'virtual' END,
		'collation', (SELECT collname FROM pg_collation l JOIN pg_type t ON t.oid = atttypid
			WHERE l.oid = attcollation AND attcollation <> typcollation),
		'options', CASE WHEN attfdwoptions IS NOT NULL THEN (SELECT json_object_agg(option_name, option_value) FROM pg_options_to_table(attfdwoptions)) END,
		'comment', col_description(attrelid, attnum)) ORDER BY attnum) AS columns
	FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
	WHERE attnum > 0 AND NOT attisdropped AND attrelid >= 16384 GROUP BY attrelid
), constraint_json AS (
	SELECT conrelid, json_agg(json_build_object(
		'name', conname,
		'type', CASE contype WHEN 'c' THEN 'check' WHEN 'f' THEN 'foreign key' WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique'
			WHEN 'x' THEN 'exclude' ELSE 'not null' END,
		'definition', pg_get_constraintdef(k.oid),
		'columns', (SELECT coalesce(json_agg(attname ORDER BY n), '[]') FROM unnest(conkey) WITH ORDINALITY x(num, n)
			JOIN pg_attribute ON attrelid = conrelid AND attnum = num),
		'valid', convalidated,
		'enforced', coalesce((to_jsonb(k) ->> 'conenforced')::boolean, true),
		'references', CASE WHEN contype = 'f' THEN (SELECT json_build_object('schema', nspname, 'name', relname, 'columns',
				(SELECT json_agg(attname ORDER BY n) FROM unnest(confkey) WITH ORDINALITY x(num, n)
				JOIN pg_attribute ON attrelid = confrelid AND attnum = num))
			FROM pg_class r JOIN pg_namespace n ON n.oid = relnamespace WHERE r.oid = confrelid) END,
		'comment', obj_description(k.oid, 'pg_constraint')) ORDER BY conname) AS constraints
	FROM pg_constraint k WHERE conrelid >= 16384 AND contype <> 't'
	-- a foreign key has a row for each partition of the referenced table, too
	AND NOT EXISTS (SELECT FROM pg_constraint whole WHERE whole.oid = k.conparentid AND whole.conrelid = k.conrelid) GROUP BY conrelid
), index_json AS (
	SELECT indrelid, json_agg(json_build_object(
		'name', relname,
		'unique', indisunique,
		'primary', indisprimary,
		'valid', indisvalid,
		'method', amname,
		'columns', (SELECT json_agg(attname ORDER BY n) FROM unnest(indkey::int2[]) WITH ORDINALITY x(num, n)
			LEFT JOIN pg_attribute ON attrelid = indrelid AND attnum = num AND num <> 0 WHERE n <= indnkeyatts),
		'include', (SELECT coalesce(json_agg(attname ORDER BY n), '[]') FROM unnest(indkey::int2[]) WITH ORDINALITY x(num, n)
			JOIN pg_attribute ON attrelid = indrelid AND attnum = num WHERE n > indnkeyatts),
		'predicate', pg_get_expr(indpred, indrelid),
		'definition', pg_get_indexdef(indexrelid),
		'comment', obj_description(indexrelid, 'pg_class')) ORDER BY relname) AS indexes
	FROM pg_index i JOIN pg_class c ON c.oid = indexrelid JOIN pg_am a ON a.oid = relam WHERE indrelid >= 16384 GROUP BY indrelid
), relation_json AS (
	SELECT coalesce(json_agg(json_build_object(
		'schema', nspname,
		'name', relname,
		'kind', CASE relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table' WHEN 'f' THEN 'foreign table' WHEN 'v' THEN 'view'
			ELSE 'materialized view' END,
		'persistence', CASE relpersistence WHEN 'u' THEN 'unlogged' ELSE 'permanent' END,
		'partition_of', CASE WHEN relispartition THEN (SELECT json_build_object('schema', n.nspname, 'name', p.relname)
			FROM pg_inherits JOIN pg_class p ON p.oid = inhparent JOIN pg_namespace n ON n.oid = p.relnamespace WHERE inhrelid = c.oid) END,
		'partition_bound', pg_get_expr(relpartbound, c.oid),
		'of', CASE WHEN reloftype <> 0 THEN (SELECT json_build_object('schema', n.nspname, 'name', typname)
			FROM pg_type t JOIN pg_namespace n ON n.oid = typnamespace WHERE t.oid = reloftype) END,
		'inherits', CASE WHEN relispartition THEN '[]' ELSE coalesce((SELECT json_agg(json_build_object('schema', n.nspname, 'name', p.relname)
			ORDER BY inhseqno) FROM pg_inherits JOIN pg_class p ON p.oid = inhparent JOIN pg_namespace n ON n.oid = p.relnamespace
			WHERE inhrelid = c.oid), '[]') END,
		'partition_key', CASE relkind WHEN 'p' THEN pg_get_partkeydef(c.oid) END,
		'columns', coalesce(columns, '[]'),
		'constraints', coalesce(constraints, '[]'),
		'indexes', coalesce(indexes, '[]'),
		'row_security', relrowsecurity,
		'force_row_security', relforcerowsecurity,
		'replica_identity', CASE relreplident WHEN 'n' THEN 'nothing' WHEN 'f' THEN 'full' WHEN 'i' THEN
			coalesce((SELECT relname FROM pg_index JOIN pg_class x ON x.oid = indexrelid WHERE indrelid = c.oid AND indisreplident), 'nothing') ELSE 'default' END,
		'server', (SELECT quote_ident(srvname) FROM pg_foreign_table JOIN pg_foreign_server s ON s.oid = ftserver WHERE ftrelid = c.oid),
		'options', coalesce((SELECT json_object_agg(option_name, option_value ORDER BY option_name)
			FROM (SELECT * FROM pg_options_to_table((SELECT ftoptions FROM pg_foreign_table WHERE ftrelid = c.oid)) UNION ALL SELECT * FROM pg_options_to_table(c.reloptions) UNION ALL SELECT 'toast.' || option_name, option_value FROM pg_class toast,
			pg_options_to_table(toast.reloptions) WHERE toast.oid = c.reltoastrelid) o), '{}'),
		'privileges', coalesce(privileges, '[]'),
		'comment', obj_description(c.oid, 'pg_class')) ORDER BY nspname COLLATE "C", relname COLLATE "C"), '[]') AS j
	FROM own_class c LEFT JOIN relation_acl USING (oid) LEFT JOIN column_json ON attrelid = oid LEFT JOIN constraint_json ON conrelid = oid
	LEFT JOIN index_json ON indrelid = oid WHERE relkind IN ('r', 'p', 'f', 'v', 'm')
), own_type AS (
	SELECT t.*, nspname FROM pg_type t JOIN own_namespace n ON n.oid = typnamespace
	WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND deptype IN ('e', 'i'))
	AND (typtype IN ('e', 'd', 'r') OR (typtype = 'b' AND typelem = 0)
		OR (typtype = 'c' AND EXISTS (SELECT FROM pg_class WHERE pg_class.oid = typrelid AND relkind = 'c')))
), type_json AS (
	SELECT coalesce(json_agg(json_strip_nulls(json_build_object(
		'schema', nspname,
		'name', typname,
		'kind', CASE typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' WHEN 'r' THEN 'range' WHEN 'c' THEN 'composite' ELSE 'base' END,
		'labels', CASE typtype WHEN 'e' THEN (SELECT coalesce(json_agg(enumlabel ORDER BY enumsortorder), '[]') FROM pg_enum WHERE enumtypid = t.oid) END,
		'base', CASE typtype WHEN 'd' THEN format_type(typbasetype, typtypmod) WHEN 'r'
			THEN (SELECT format_type(rngsubtype, NULL) FROM pg_range WHERE rngtypid = t.oid) END,
		'not_null', CASE typtype WHEN 'd' THEN typnotnull END,
		'default', CASE typtype WHEN 'd' THEN pg_get_expr(typdefaultbin, 0) END,
		'constraints', CASE typtype WHEN 'd' THEN (SELECT coalesce(json_agg(json_build_object('name', conname, 'definition',
			pg_get_constraintdef(k.oid)) ORDER BY conname), '[]') FROM pg_constraint k WHERE contypid = t.oid AND contype = 'c') END,
		'attributes', CASE typtype WHEN 'c' THEN (SELECT coalesce(json_agg(json_build_object('name', attname, 'type',
			format_type(atttypid, atttypmod)) ORDER BY attnum), '[]') FROM pg_attribute
			WHERE attrelid = typrelid AND attnum > 0 AND NOT attisdropped) END,
		'privileges', (SELECT coalesce(json_agg(json_build_object('grantee', rolname, 'privilege', lower(privilege_type), 'grantable', is_grantable)
			ORDER BY rolname COLLATE "C", lower(privilege_type) COLLATE "C"), '[]') FROM aclexplode(typacl) JOIN pg_roles r ON r.oid = grantee WHERE grantee <> typowner),
		'comment', obj_description(t.oid, 'pg_type')))
		ORDER BY nspname COLLATE "C", typname COLLATE "C"), '[]') AS j FROM own_type t
), function_json AS (
	SELECT coalesce(json_agg(json_build_object(
		'schema', nspname,
		'name', proname,
		'arguments', (SELECT coalesce(string_agg(format_type(a, NULL), ', ' ORDER BY n), '') FROM unnest(proargtypes::oid[]) WITH ORDINALITY x(a, n)),
		'kind', CASE prokind WHEN 'p' THEN 'procedure' ELSE 'function' END,
		'returns', pg_get_function_result(p.oid),
		'language', lanname,
		'volatility', CASE provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END,
		'security_definer', prosecdef,
		'strict', proisstrict,
		'settings', to_json(proconfig),
		'body', CASE WHEN prosqlbody IS NULL THEN prosrc END,
		'privileges', (SELECT coalesce(json_agg(json_build_object('grantee', rolname, 'privilege', lower(privilege_type), 'grantable', is_grantable)
			ORDER BY rolname COLLATE "C", lower(privilege_type) COLLATE "C"), '[]') FROM aclexplode(proacl) JOIN pg_roles r ON r.oid = grantee WHERE grantee <> proowner),
		'comment', obj_description(p.oid, 'pg_proc'))
		ORDER BY nspname COLLATE "C", proname COLLATE "C", proargtypes::text), '[]') AS j
	FROM pg_proc p JOIN own_namespace n ON n.oid = pronamespace JOIN pg_language l ON l.oid = prolang
	WHERE prokind IN ('f', 'p', 'w') AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND deptype IN ('e', 'i'))
), sequence_json AS (
	SELECT coalesce(json_agg(json_build_object(
		'schema', c.nspname,
		'name', c.relname,
		'type', format_type(seqtypid, NULL),
		'owned_by', (SELECT json_build_object('schema', n.nspname, 'table', o.relname, 'column', attname) FROM pg_depend d
			JOIN pg_class o ON o.oid = refobjid JOIN pg_namespace n ON n.oid = o.relnamespace
			JOIN pg_attribute ON attrelid = o.oid AND attnum = refobjsubid
			WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_class'::regclass AND deptype = 'a'),
		'start', seqstart, 'increment', seqincrement, 'min', seqmin, 'max', seqmax, 'cache', seqcache, 'cycle', seqcycle,
		'privileges', coalesce((SELECT privileges FROM relation_acl a WHERE a.oid = c.oid), '[]'),
		'comment', obj_description(c.oid, 'pg_class'))
		ORDER BY c.nspname COLLATE "C", c.relname COLLATE "C"), '[]') AS j
	FROM pg_sequence s JOIN own_class c ON c.oid = seqrelid
	WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND deptype = 'i')
), view_json AS (
	SELECT coalesce(json_agg(json_build_object('schema', nspname, 'name', relname, 'materialized', relkind = 'm',
		'definition', pg_get_viewdef(oid)) ORDER BY nspname COLLATE "C", relname COLLATE "C"), '[]') AS j
	FROM own_class WHERE relkind IN ('v', 'm')
), trigger_json AS (
	SELECT coalesce(json_agg(json_build_object('schema', nspname, 'table', relname, 'name', tgname,
		'definition', pg_get_triggerdef(t.oid), 'enabled', CASE tgenabled WHEN 'O' THEN 'origin' WHEN 'D' THEN 'disabled'
			WHEN 'R' THEN 'replica' ELSE 'always' END, 'comment', obj_description(t.oid, 'pg_trigger'))
		ORDER BY nspname COLLATE "C", relname COLLATE "C", tgname COLLATE "C"), '[]') AS j
	FROM pg_trigger t JOIN own_class c ON c.oid = tgrelid WHERE NOT tgisinternal
), policy_json AS (
	SELECT coalesce(json_agg(json_build_object('schema', nspname, 'table', relname, 'name', polname,
		'command', CASE polcmd WHEN 'r' THEN 'select' WHEN 'a' THEN 'insert' WHEN 'w' THEN 'update' WHEN 'd' THEN 'delete' ELSE 'all' END,
		'permissive', polpermissive,
		'roles', (SELECT json_agg(coalesce(rolname, 'public') ORDER BY rolname) FROM unnest(polroles) x(r) LEFT JOIN pg_roles ON pg_roles.oid = r),
		'using', pg_get_expr(polqual, polrelid), 'check', pg_get_expr(polwithcheck, polrelid),
		'comment', obj_description(p.oid, 'pg_policy'))
		ORDER BY nspname COLLATE "C", relname COLLATE "C", polname COLLATE "C"), '[]') AS j
	FROM pg_policy p JOIN own_class c ON c.oid = polrelid
), rule_json AS (
	SELECT coalesce(json_agg(json_build_object('schema', nspname, 'table', relname, 'name', rulename,
		'definition', pg_get_ruledef(r.oid), 'enabled', CASE ev_enabled WHEN 'O' THEN 'origin' WHEN 'D' THEN 'disabled'
			WHEN 'R' THEN 'replica' ELSE 'always' END, 'comment', obj_description(r.oid, 'pg_rewrite'))
		ORDER BY nspname COLLATE "C", relname COLLATE "C", rulename COLLATE "C"), '[]') AS j
	FROM pg_rewrite r JOIN own_class c ON c.oid = ev_class WHERE rulename <> '_RETURN'
)
SELECT json_build_object(
	'schemas', (SELECT json_agg(nspname ORDER BY nspname COLLATE "C") FROM own_namespace),
	'extensions', (SELECT coalesce(json_agg(json_build_object('name', extname, 'schema', nspname) ORDER BY extname COLLATE "C"), '[]')
		FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace WHERE extname <> 'plpgsql'),
	'relations', (SELECT j FROM relation_json),
	'types', (SELECT j FROM type_json),
	'functions', (SELECT j FROM function_json),
	'sequences', (SELECT j FROM sequence_json),
	'views', (SELECT j FROM view_json),
	'triggers', (SELECT j FROM trigger_json),
	'policies', (SELECT j FROM policy_json),
	'rules', (SELECT j FROM rule_json),
	-- PUBLIC has USAGE on the schema public from the start
	'privileges', (SELECT coalesce(json_agg(json_build_object('schema', n.nspname, 'grantee', coalesce(rolname, 'public'), 'privilege',
		lower(privilege_type), 'grantable', is_grantable) ORDER BY n.nspname COLLATE "C", coalesce(rolname, 'public') COLLATE "C",
		lower(privilege_type) COLLATE "C"), '[]') FROM own_namespace JOIN pg_namespace n USING (oid), aclexplode(nspacl) LEFT JOIN pg_roles r ON r.oid = grantee
		WHERE grantee <> nspowner AND (grantee <> 0 OR n.nspname <> 'public')),
	'publications', (SELECT coalesce(json_agg(json_build_object('name', pubname, 'all_tables', puballtables,
		'schemas', (SELECT coalesce(json_agg(nspname ORDER BY nspname COLLATE "C"), '[]') FROM pg_publication_namespace JOIN pg_namespace n ON n.oid = pnnspid
			WHERE pnpubid = p.oid),
		'tables', (SELECT coalesce(json_agg(json_build_object('schema', nspname, 'name', relname, 'part', CASE WHEN prattrs IS NOT NULL OR prqual IS NOT NULL
			THEN concat_ws(' ', (SELECT '(' || string_agg(attname, ', ' ORDER BY n) || ')' FROM unnest(prattrs::int2[]) WITH ORDINALITY x(num, n) JOIN pg_attribute
			ON attrelid = prrelid AND attnum = num), 'WHERE ' || pg_get_expr(prqual, prrelid)) END) ORDER BY nspname COLLATE "C", relname COLLATE "C"), '[]')
			FROM pg_publication_rel JOIN own_class c ON c.oid = prrelid WHERE prpubid = p.oid))
		ORDER BY pubname COLLATE "C"), '[]') FROM pg_publication p),
	'statistics', (SELECT coalesce(json_agg(json_build_object('schema', (SELECT own.nspname FROM pg_namespace own WHERE own.oid = stxnamespace), 'name', stxname, 'table', json_build_object('schema', nspname, 'name', relname),
		'definition', pg_get_statisticsobjdef(s.oid)) ORDER BY stxname COLLATE "C"), '[]') FROM pg_statistic_ext s JOIN own_class c ON c.oid = stxrelid),
	'objects', (SELECT coalesce(json_agg(json_build_object('kind', kind, 'name', name, 'definition', definition, 'options', options) ORDER BY kind COLLATE "C", name COLLATE "C"), '[]') FROM (
		SELECT 'pg_proc'::regclass AS class, oid, NULL::json AS options, 'aggregate' AS kind, CASE pronamespace WHEN to_regnamespace('public') THEN '' ELSE pronamespace::regnamespace || '.' END || proname || '(' || (SELECT coalesce(string_agg(format_type(a, NULL), ', ' ORDER BY n), '')
			FROM unnest(proargtypes::oid[]) WITH ORDINALITY x(a, n)) || ')' AS name FROM pg_proc WHERE prokind = 'a'
		UNION ALL SELECT 'pg_operator'::regclass, oid, NULL, 'operator', CASE oprnamespace WHEN to_regnamespace('public') THEN '' ELSE oprnamespace::regnamespace || '.' END || oprname || '(' || CASE oprleft WHEN 0 THEN 'NONE' ELSE format_type(oprleft, NULL) END || ', ' ||
			CASE oprright WHEN 0 THEN 'NONE' ELSE format_type(oprright, NULL) END || ')' FROM pg_operator
		UNION ALL SELECT 'pg_cast'::regclass, oid, NULL, 'cast', format_type(castsource, NULL) || ' AS ' || format_type(casttarget, NULL) FROM pg_cast
		UNION ALL SELECT 'pg_collation'::regclass, oid, NULL, 'collation', CASE collnamespace WHEN to_regnamespace('public') THEN '' ELSE collnamespace::regnamespace || '.' END || collname FROM pg_collation
		UNION ALL SELECT 'pg_opclass'::regclass, c.oid, NULL, 'operator class', CASE opcnamespace WHEN to_regnamespace('public') THEN '' ELSE opcnamespace::regnamespace || '.' END || opcname FROM pg_opclass c
		-- a class without FAMILY has one of its name
		UNION ALL SELECT 'pg_opfamily'::regclass, oid, NULL, 'operator family', CASE opfnamespace WHEN to_regnamespace('public') THEN '' ELSE opfnamespace::regnamespace || '.' END || opfname FROM pg_opfamily f WHERE NOT EXISTS (SELECT FROM pg_opclass
			WHERE opcfamily = f.oid AND opcname = opfname AND opcnamespace = opfnamespace)
		UNION ALL SELECT 'pg_conversion'::regclass, oid, NULL, 'conversion', CASE connamespace WHEN to_regnamespace('public') THEN '' ELSE connamespace::regnamespace || '.' END || conname FROM pg_conversion
		UNION ALL SELECT 'pg_event_trigger'::regclass, oid, NULL, 'event trigger', evtname FROM pg_event_trigger
		UNION ALL SELECT 'pg_foreign_data_wrapper'::regclass, oid, (SELECT json_object_agg(option_name, option_value) FROM pg_options_to_table(fdwoptions)),
			'foreign data wrapper', fdwname FROM pg_foreign_data_wrapper
		UNION ALL SELECT 'pg_foreign_server'::regclass, oid, (SELECT json_object_agg(option_name, option_value) FROM pg_options_to_table(srvoptions)),
			'server', srvname FROM pg_foreign_server
		UNION ALL SELECT 'pg_user_mapping'::regclass, m.oid, (SELECT json_object_agg(option_name, option_value) FROM pg_options_to_table(umoptions)),
			'user mapping', coalesce(quote_ident(rolname), 'public') || ' SERVER ' || quote_ident(srvname) FROM pg_user_mapping m
			JOIN pg_foreign_server s ON s.oid = umserver LEFT JOIN pg_roles r ON r.oid = umuser
		UNION ALL SELECT 'pg_ts_config'::regclass, oid, NULL, 'text search configuration', CASE cfgnamespace WHEN to_regnamespace('public') THEN '' ELSE cfgnamespace::regnamespace || '.' END || cfgname FROM pg_ts_config
		UNION ALL SELECT 'pg_ts_dict'::regclass, oid, NULL, 'text search dictionary', CASE dictnamespace WHEN to_regnamespace('public') THEN '' ELSE dictnamespace::regnamespace || '.' END || dictname FROM pg_ts_dict) o
		CROSS JOIN LATERAL (SELECT coalesce((SELECT concat_ws(' ', amname, f.opfname, opcname, opcintype::regtype, opcdefault,
			(SELECT string_agg(amopstrategy || ' ' || amopopr::regoperator, ', ' ORDER BY amopstrategy, amopopr::regoperator::text) FROM pg_amop WHERE amopfamily = f.oid),
			(SELECT string_agg(amprocnum || ' ' || amproc::regprocedure, ', ' ORDER BY amprocnum, amproc::regprocedure::text) FROM pg_amproc WHERE amprocfamily = f.oid))
			FROM pg_opfamily f JOIN pg_am a ON a.oid = opfmethod LEFT JOIN pg_opclass c ON c.oid = o.oid AND kind = 'operator class'
			WHERE f.oid = CASE kind WHEN 'operator class' THEN opcfamily WHEN 'operator family' THEN o.oid END),
			(SELECT concat_ws(' ', fdwhandler::regproc, fdwvalidator::regproc) FROM pg_foreign_data_wrapper w WHERE kind = 'foreign data wrapper' AND w.oid = o.oid),
			'') AS definition) def
		WHERE oid >= 16384 AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = o.class AND d.objid = o.oid AND deptype IN ('e', 'i'))))
