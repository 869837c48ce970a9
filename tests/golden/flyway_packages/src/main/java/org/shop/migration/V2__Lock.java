package org.shop.migration;

class V2__Lock extends BaseJavaMigration {}
