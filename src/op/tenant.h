#ifndef OP_TENANT_H
#define OP_TENANT_H

#include "op/op.h"

/* Fields about tenants, for the tables of fields.c and end.c. They are absent without a design. */

#define TENANT_TABLE_FIELDS \
	{ "needs_tenant", FIELD_BOOL, "it has no tenant column and its rows belong to tenants: it references rows that do", \
	    tenant_get_needs }, \
	{ "row_security", FIELD_BOOL, "row security is enabled", tenant_get_secured }, \
	{ "row_security_forced", FIELD_BOOL, "row security binds the table's owner, too", tenant_get_forced }, \
	{ "policies", FIELD_NUMBER, "how many policies it has", tenant_get_policies }
#define TENANT_COLUMN_FIELDS \
	{ "is_tenant", FIELD_BOOL, "it says which tenant a row belongs to", tenant_get_is_tenant }, \
	{ "tenant_type_differs", FIELD_BOOL, "its type is not that of the column it should be like", tenant_get_type_differs }, \
	{ "is_tenant_key", FIELD_BOOL, "a foreign key leads from it to the table of tenants, perhaps through another table", \
	    tenant_get_leads_to_root }
#define TENANT_FOREIGN_KEY_FIELDS \
	{ "between_tenants", FIELD_BOOL, "both tables hold rows of tenants", tenant_get_between }, \
	{ "carries_tenant", FIELD_BOOL, "the tenant column is part of it on both sides", tenant_get_carries }, \
	{ "nulls_tenant", FIELD_BOOL, "ON DELETE SET NULL of several columns sets the tenant column, too", tenant_get_nulls }, \
	{ "kept_columns", FIELD_TEXT, "its columns but the tenant's, separated by commas", tenant_get_kept }, \
	{ "reference_columns", FIELD_TEXT, "the columns it references, separated by commas", tenant_get_reference_columns }, \
	{ "tenant_indexes", FIELD_TEXT, "for advice: the migrations that make the indexes which the key needs with the tenant column, as far as " \
	    "they are missing, and the line between these and what follows", tenant_get_indexes }
#define TENANT_KEY_FIELDS \
	{ "tenant_key", FIELD_TEXT, "what a key of a tenant's table says: scoped (the tenant column is part of it), surrogate (generated " \
	    "or random), through (a part references a tenant's row) or natural (values of users); absent for other tables", tenant_get_key }, \
	{ "is_upserted", FIELD_BOOL, "some INSERT of the files has ON CONFLICT on exactly its columns, so the value names the row for all", tenant_get_upserted }
#define TENANT_CONSTRAINT_FIELDS \
	TENANT_KEY_FIELDS, \
	{ "is_key_with_tenant", FIELD_BOOL, "a foreign key could reference its columns together with the tenant's: some unique index has exactly those", \
	    tenant_get_keyed }, \
	{ "tenant_swap", FIELD_TEXT, "for advice: the statements that put a unique index with the tenant column in the place of the key", tenant_get_swap }
#define TENANT_INDEX_FIELDS \
	TENANT_KEY_FIELDS, \
	{ "leads_with_tenant", FIELD_BOOL, "its first column is the tenant's", tenant_get_leads }, \
	{ "serves_foreign_key", FIELD_BOOL, "it starts with the columns of a foreign key", tenant_get_serves }
#define TENANT_POLICY_FIELDS \
	{ "keeps_tenants_apart", FIELD_BOOL, "its conditions compare the tenant column, or a restrictive policy of the table does, its rows have to be found in a table whose own policies do, " \
	    "or it is for a role that row security does not bind or that sees all (service_role)", tenant_get_keeps_apart }, \
	{ "to_roles", FIELD_TEXT, "for advice: the roles it is for, separated by commas; PUBLIC: all", tenant_get_policy_roles }

struct value tenant_get_needs(const struct facts *);
struct value tenant_get_secured(const struct facts *);
struct value tenant_get_forced(const struct facts *);
struct value tenant_get_policies(const struct facts *);
struct value tenant_get_is_tenant(const struct facts *);
struct value tenant_get_type_differs(const struct facts *);
struct value tenant_get_leads_to_root(const struct facts *);
struct value tenant_get_between(const struct facts *);
struct value tenant_get_carries(const struct facts *);
struct value tenant_get_nulls(const struct facts *);
struct value tenant_get_kept(const struct facts *);
struct value tenant_get_reference_columns(const struct facts *);
struct value tenant_get_indexes(const struct facts *);
struct value tenant_get_swap(const struct facts *);
struct value tenant_get_keyed(const struct facts *);
struct value tenant_get_key(const struct facts *);
struct value tenant_get_upserted(const struct facts *);
struct value tenant_get_leads(const struct facts *);
struct value tenant_get_serves(const struct facts *);
struct value tenant_get_keeps_apart(const struct facts *);
struct value tenant_get_policy_roles(const struct facts *);
struct value tenant_get_comparison(const struct facts *);

struct value tenant_get_configured(const struct facts *);
struct value tenant_get_detected(const struct facts *);
struct value tenant_get_scoped(const struct facts *);
struct value tenant_get_column(const struct facts *);
struct value tenant_get_root(const struct facts *);
struct value tenant_get_root_column(const struct facts *);
struct value tenant_get_reference(const struct facts *);
struct value tenant_get_basis(const struct facts *);
struct value tenant_get_confidence(const struct facts *);
struct value tenant_get_class(const struct facts *);
struct value tenant_get_reason(const struct facts *);
struct value tenant_get_composite_keys(const struct facts *);
struct value tenant_get_row_security(const struct facts *);
struct value tenant_get_foreign_keys(const struct facts *);
struct value tenant_get_leading_indexes(const struct facts *);
struct value tenant_get_per_tenant_changes(const struct facts *);
struct value tenant_get_distributed(const struct facts *);
struct value tenant_get_type(const struct facts *);

#define TENANT_FIELDS \
	{ "tenant.is_configured", FIELD_BOOL, "the configuration names the tenant column; otherwise it is a guess, and dbopt-migrate tenants " \
	    "shows on what grounds; absent without either", tenant_get_configured }, \
	{ "tenant.is_detected", FIELD_BOOL, "the tenant column is guessed", tenant_get_detected }, \
	{ "tenant.basis", FIELD_TEXT, "how the tenant column is known, in words", tenant_get_basis }, \
	{ "tenant.confidence", FIELD_NUMBER, "how certain the design is, 0 to 100", tenant_get_confidence }, \
	{ "tenant.column", FIELD_TEXT, "the tenant column, as this table spells it", tenant_get_column }, \
	{ "tenant.root", FIELD_TEXT, "the table of tenants", tenant_get_root }, \
	{ "tenant.root_column", FIELD_TEXT, "its key", tenant_get_root_column }, \
	{ "tenant.reference", FIELD_TEXT, "for advice: the table of tenants, with ON DELETE CASCADE when deleting a tenant deletes the rows, by way of other tables", tenant_get_reference }, \
	{ "tenant.type", FIELD_TEXT, "the type of that key, else of the tenant column in most tables", tenant_get_type }, \
	{ "tenant.comparison", FIELD_TEXT, "for advice: the condition by which policies of this or another table find the tenant's rows, else one with a " \
	    "setting", tenant_get_comparison }, \
	{ "tenant.is_scoped", FIELD_BOOL, "the table's rows belong to tenants: it has the column, is not exempt, and not the table of " \
	    "tenants", tenant_get_scoped }, \
	{ "tenant.class", FIELD_TEXT, "scoped, shared, global or unclear; absent before the history has run", tenant_get_class }, \
	{ "tenant.reason", FIELD_TEXT, "why it is of that class", tenant_get_reason }, \
	{ "tenant.is_distributed", FIELD_BOOL, "Citus spreads the table over nodes", tenant_get_distributed }, \
	{ "tenant.composite_keys", FIELD_TEXT, "keys that carry the tenant column: used, refused or unsaid", tenant_get_composite_keys }, \
	{ "tenant.row_security", FIELD_TEXT, "row security that keeps tenants apart: used, refused or unsaid", tenant_get_row_security }, \
	{ "tenant.foreign_keys", FIELD_TEXT, "foreign keys to the table of tenants: used, refused or unsaid", tenant_get_foreign_keys }, \
	{ "tenant.leading_indexes", FIELD_TEXT, "indexes that lead with the tenant column: used, refused or unsaid", \
	    tenant_get_leading_indexes }, \
	{ "tenant.per_tenant_changes", FIELD_BOOL, "the configuration wants UPDATE and DELETE to name the tenant", \
	    tenant_get_per_tenant_changes }

#endif
