using PromptGen.Sqlite;

namespace PromptGen.Tests.Sqlite;

/// <summary>The file that the parts of PromptGen.Sqlite share: its versions, and what is no such file.</summary>
public sealed class SqliteFileTests : IDisposable
{
    private readonly TemporaryFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void Each_step_of_a_part_runs_once_and_parts_have_versions_of_their_own()
    {
        Migrate("a", "CREATE TABLE one (id INTEGER) STRICT;");
        Migrate("b", "CREATE TABLE two (id INTEGER) STRICT;");
        Migrate("a", "CREATE TABLE one (id INTEGER) STRICT;", "ALTER TABLE one ADD COLUMN name TEXT;");
        Migrate("a", "CREATE TABLE one (id INTEGER) STRICT;", "ALTER TABLE one ADD COLUMN name TEXT;");

        using var connection = _file.Connect();
        Assert.Equal(2L, connection.Scalar("SELECT version FROM promptgen_schema WHERE part = 'a'"));
        Assert.Equal(1L, connection.Scalar("SELECT version FROM promptgen_schema WHERE part = 'b'"));
        Assert.Equal(2L, connection.Scalar("SELECT count(*) FROM pragma_table_info('one')"));
    }

    [Fact]
    public void A_step_that_fails_leaves_the_version_before_it()
    {
        Migrate("a", "CREATE TABLE one (id INTEGER) STRICT;");
        var error = Assert.Throws<PromptException>(() => Migrate("a", "CREATE TABLE one (id INTEGER) STRICT;", "CREATE TABLE two (id INTEGER) STRICT;", "no statement"));

        Assert.Equal(PromptErrorCode.Configuration, error.Code);
        using var connection = _file.Connect();
        Assert.Equal(1L, connection.Scalar("SELECT version FROM promptgen_schema WHERE part = 'a'"));
        Assert.Equal(0L, connection.Scalar("SELECT count(*) FROM sqlite_master WHERE name = 'two'"));
    }

    [Fact]
    public void A_file_of_a_later_version_is_refused()
    {
        Migrate("a", "CREATE TABLE one (id INTEGER) STRICT;", "CREATE TABLE two (id INTEGER) STRICT;");
        var error = Assert.Throws<PromptException>(() => Migrate("a", "CREATE TABLE one (id INTEGER) STRICT;"));

        Assert.Equal(PromptErrorCode.Configuration, error.Code);
        Assert.Contains("a later version of PromptGen.Sqlite: its a has version 2, and this one knows 1.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_database_or_has_no_folder_is_refused()
    {
        File.WriteAllText(_file.Path, new string('x', 4_096));
        Assert.Equal(PromptErrorCode.Configuration, Assert.Throws<PromptException>(() => new SqlitePromptJournal(_file.Path)).Code);
        Assert.Equal(PromptErrorCode.Configuration, Assert.Throws<PromptException>(() => new SqlitePromptJournal(Path.Combine(_file.Path + "-none", "x.db"))).Code);
    }

    [Theory]
    [InlineData(SqliteDurability.Computer, 2L)]
    [InlineData(SqliteDurability.Process, 1L)]
    public void Durability_decides_whether_a_commit_is_flushed(SqliteDurability durability, long synchronous)
    {
        using var connection = new SqliteFile(_file.Path, durability).Connect();
        Assert.Equal(synchronous, connection.Scalar("PRAGMA synchronous"));
        Assert.Equal("wal", connection.Scalar("PRAGMA journal_mode"));
    }

    private void Migrate(string part, params string[] steps)
    {
        var file = new SqliteFile(_file.Path, SqliteDurability.Process);
        using var connection = file.Connect();
        file.Migrate(connection, part, steps);
    }
}
