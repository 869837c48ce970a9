-- +goose Up
ALTER TABLE [dbo].[a] ADD c int;
GO
