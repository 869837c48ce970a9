#include "catalog/catalog.h"

/*
 * What well-known extensions bring: pg_depend of 15, 17 and 18 for what PostgreSQL ships (deptype 'e'), else the manual of
 * the extension. Of functions those that people call; of operator classes those that have to be named.
 */
static const struct known {
	const char *name, *types, *functions, *opclasses;
	const char *relations;          /* "cron.*": all of a schema */
	const char *needs;
} known[] = {
	{ "amcheck", "", "", "", "", "" },
	{ "autoinc", "", "autoinc", "", "", "" },
	{ "bloom", "", "", "", "", "" },
	{ "btree_gin", "", "", "", "", "" },
	{ "btree_gist", "", "", "", "", "" },
	{ "citext", "citext", "citext", "citext_ops citext_pattern_ops", "", "" },
	{ "citus", "", "", "", "citus_locks citus_shards citus_stat_statements citus_tables", "" },
	{ "cube", "cube", "cube cube_coord cube_dim cube_distance cube_enlarge cube_inter cube_is_point cube_ll_coord cube_size cube_subset "
	    "cube_union cube_ur_coord distance_chebyshev distance_taxicab", "cube_ops gist_cube_ops", "", "" },
	{ "dblink", "dblink_pkey_results", "dblink dblink_connect dblink_disconnect dblink_exec", "", "", "" },
	{ "dict_int", "", "", "", "", "" },
	{ "dict_xsyn", "", "", "", "", "" },
	{ "earthdistance", "earth", "earth earth_box earth_distance gc_to_sec geo_distance latitude ll_to_earth longitude sec_to_gc", "", "",
	    "cube" },
	{ "file_fdw", "", "", "", "", "" },
	{ "fuzzystrmatch", "", "daitch_mokotoff difference dmetaphone dmetaphone_alt levenshtein levenshtein_less_equal metaphone soundex "
	    "text_soundex", "", "", "" },
	{ "hstore", "ghstore hstore", "akeys avals defined exist exists_all exists_any hs_concat hs_contained hs_contains hstore hstore_to_array "
	    "hstore_to_json hstore_to_json_loose hstore_to_jsonb hstore_to_jsonb_loose hstore_to_matrix isdefined isexists skeys slice "
	    "slice_array svals tconvert", "btree_hstore_ops gin_hstore_ops gist_hstore_ops hash_hstore_ops", "", "" },
	{ "hypopg", "", "", "", "hypopg_hidden_indexes hypopg_list_indexes", "" },
	{ "insert_username", "", "insert_username", "", "", "" },
	{ "intagg", "", "int_array_aggregate int_array_enum", "", "", "" },
	{ "intarray", "intbig_gkey query_int", "icount idx intset querytree sort_asc sort_desc subarray uniq", "gin__int_ops gist__int_ops "
	    "gist__intbig_ops", "", "" },
	{ "isn", "ean13 isbn isbn13 ismn ismn13 issn issn13 upc", "is_valid isn_weak make_valid", "ean13_ops isbn13_ops isbn_ops ismn13_ops "
	    "ismn_ops issn13_ops issn_ops upc_ops", "", "" },
	{ "lo", "lo", "lo_manage lo_oid", "", "", "" },
	{ "ltree", "lquery ltree ltree_gist ltxtquery", "index lca ltree2text nlevel subltree subpath text2ltree", "gist__ltree_ops "
	    "gist_ltree_ops hash_ltree_ops ltree_ops", "", "" },
	{ "moddatetime", "", "moddatetime", "", "", "" },
	{ "pg_buffercache", "", "", "", "pg_buffercache pg_buffercache_numa", "" },
	{ "pg_cron", "", "", "", "cron.*", "" },
	{ "pg_graphql", "", "", "", "graphql.*", "" },
	{ "pg_net", "", "", "", "net.*", "" },
	{ "pg_partman", "", "", "", "custom_time_partitions part_config part_config_sub table_privs", "" },
	{ "pg_prewarm", "", "", "", "", "" },
	{ "pg_repack", "", "", "", "repack.*", "" },
	{ "pg_stat_statements", "", "", "", "pg_stat_statements pg_stat_statements_info", "" },
	{ "pg_trgm", "gtrgm", "similarity show_trgm strict_word_similarity word_similarity", "gin_trgm_ops gist_trgm_ops", "", "" },
	{ "pgaudit", "", "", "", "", "" },
	{ "pgcrypto", "", "armor crypt dearmor decrypt decrypt_iv digest encrypt encrypt_iv gen_random_bytes gen_salt hmac pgp_armor_headers "
	    "pgp_key_id pgp_pub_decrypt pgp_pub_decrypt_bytea pgp_pub_encrypt pgp_pub_encrypt_bytea pgp_sym_decrypt pgp_sym_decrypt_bytea "
	    "pgp_sym_encrypt pgp_sym_encrypt_bytea", "", "", "" },
	{ "pgjwt", "", "", "", "", "pgcrypto" },
	{ "pgmq", "", "", "", "pgmq.*", "" },
	{ "pgrowlocks", "", "", "", "", "" },
	{ "pgsodium", "", "", "", "pgsodium.*", "" },
	{ "pgstattuple", "", "", "", "", "" },
	{ "plperl", "", "", "", "", "" },
	{ "plpgsql", "", "", "", "", "" },
	{ "plpython3u", "", "", "", "", "" },
	{ "plv8", "", "", "", "", "" },
	{ "postgis", "box2d box2df box3d geography geometry geometry_dump gidx spheroid valid_detail", "st_area st_asgeojson st_astext st_buffer "
	    "st_centroid st_contains st_distance st_dwithin st_force2d st_geogfromtext st_geomfromgeojson st_geomfromtext st_intersects "
	    "st_isvalid st_length st_makeenvelope st_makepoint st_makevalid st_point st_setsrid st_simplify st_srid st_transform st_union "
	    "st_within st_x st_y", "brin_geometry_inclusion_ops_2d gist_geography_ops gist_geometry_ops_2d gist_geometry_ops_nd "
	    "spgist_geometry_ops_2d", "geography_columns geometry_columns spatial_ref_sys", "" },
	{ "postgis_raster", "addbandarg raster", "", "", "raster_columns raster_overviews", "postgis" },
	{ "postgis_topology", "", "", "", "topology.*", "postgis" },
	{ "postgres_fdw", "", "", "", "", "" },
	{ "refint", "", "check_foreign_key check_primary_key", "", "", "" },
	{ "seg", "seg", "seg_center seg_lower seg_size seg_upper", "gist_seg_ops seg_ops", "", "" },
	{ "sslinfo", "", "", "", "", "" },
	{ "supabase_vault", "", "", "", "vault.*", "" },
	{ "tablefunc", "tablefunc_crosstab_2 tablefunc_crosstab_3 tablefunc_crosstab_4", "connectby crosstab crosstab2 crosstab3 crosstab4 "
	    "normal_rand", "", "", "" },
	{ "tcn", "", "triggered_change_notification", "", "", "" },
	{ "timescaledb", "", "add_compression_policy add_retention_policy create_hypertable time_bucket time_bucket_gapfill", "",
	    "timescaledb_information.* timescaledb_experimental.* _timescaledb_catalog.* _timescaledb_config.* _timescaledb_internal.*", "" },
	{ "unaccent", "", "unaccent", "", "", "" },
	{ "uuid-ossp", "", "uuid_generate_v1 uuid_generate_v1mc uuid_generate_v3 uuid_generate_v4 uuid_generate_v5 uuid_nil uuid_ns_dns "
	    "uuid_ns_oid uuid_ns_url uuid_ns_x500", "", "", "" },
	{ "vector", "halfvec sparsevec vector", "cosine_distance inner_product l1_distance l2_distance l2_normalize vector_dims vector_norm",
	    "halfvec_cosine_ops halfvec_ip_ops halfvec_l1_ops halfvec_l2_ops halfvec_ops sparsevec_cosine_ops sparsevec_ip_ops "
	    "sparsevec_l1_ops sparsevec_l2_ops sparsevec_ops vector_cosine_ops vector_ip_ops vector_l1_ops vector_l2_ops vector_ops", "", "" },
	{ "xml2", "", "xml_encode_special_chars xml_valid xpath_bool xpath_list xpath_nodeset xpath_number xpath_string xslt_process", "", "", "" },
};

static const struct known *
find(struct str name)
{
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (str_is(name, known[i].name))
			return &known[i];
	return NULL;
}

bool
extension_is_known(struct str extension)
{
	return find(extension) != NULL;
}

struct str
extension_parts(struct str extension, enum extension_part part)
{
	const struct known *k = find(extension);

	if (k == NULL)
		return STR("");
	switch (part) {
	case EXTENSION_TYPES: return str_of(k->types);
	case EXTENSION_FUNCTIONS: return str_of(k->functions);
	case EXTENSION_OPCLASSES: return str_of(k->opclasses);
	case EXTENSION_RELATIONS: return str_of(k->relations);
	default: return str_of(k->needs);
	}
}

bool
extension_has(struct str extension, enum extension_part part, struct str name)
{
	struct str words = extension_parts(extension, part), word;

	while (str_cut(&words, ' ', &word))
		if (str_eq(word, name))
			return true;
	return false;
}

/* "cron.*" is all of a schema. */
static bool
has_relation(struct str extension, struct name name)
{
	struct str words = extension_parts(extension, EXTENSION_RELATIONS), word;

	while (str_cut(&words, ' ', &word))
		if (str_ends(word, ".*") ? str_eq(str_slice(word, 0, word.n - 2), name.schema) : str_eq(word, name.name))
			return true;
	return false;
}

bool
catalog_extension_may_have(const struct catalog *c, const struct map *map, struct name name)
{
	for (size_t i = 0; map != &c->objects && i < c->objects.n; i++) {
		const struct slot *slot = c->objects.entries[i].value;
		const struct object *o = slot->object;
		if (o == NULL || !str_is(o->kind, "extension"))
			continue;
		if (find(o->name) == NULL || map == &c->schemas || (map == &c->relations && has_relation(o->name, name)) ||
		    (map == &c->types && extension_has(o->name, EXTENSION_TYPES, name.name)))
			return true;
	}
	return false;
}
