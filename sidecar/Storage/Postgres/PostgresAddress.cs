using System.Globalization;
using Npgsql;

namespace Sidecar.Storage.Postgres;

/// <summary>
/// Where the database is: what follows <c>postgres:</c> in <c>--store</c>, a connection string as Npgsql takes it. It may
/// hold a password, so it is never shown; <see cref="ToString"/> is what people see.
/// </summary>
internal sealed class PostgresAddress
{
    /// <summary>How <c>--store</c> begins when it names a database.</summary>
    public const string Scheme = "postgres:";

    /// <summary>The schema when the connection string names none by <c>Search Path</c>.</summary>
    public const string DefaultSchema = "escalate";

    private const int Reads = 20;
    private const int ConnectSeconds = 10;
    private const int CommandSeconds = 30;
    private const int KeepAliveSeconds = 10;

    private readonly NpgsqlConnectionStringBuilder _given;

    private PostgresAddress(NpgsqlConnectionStringBuilder given)
    {
        _given = given;
        Schema = given.SearchPath is { Length: > 0 } path ? path : DefaultSchema;
    }

    /// <summary>The schema of the tables; nothing outside it is touched.</summary>
    public string Schema { get; }

    /// <summary>Whether a <c>--store</c> is meant for this engine.</summary>
    public static bool IsOne(string? store) =>
        store?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Reads what was given to <c>--store</c>.</summary>
    /// <exception cref="StoreUnusableException">It is no connection string; nothing of it is repeated.</exception>
    public static PostgresAddress Parse(string store)
    {
        const string example =
            "postgres:Host=db.example.com;Database=escalate;Username=escalate;SSL Mode=VerifyFull";
        try
        {
            var given = new NpgsqlConnectionStringBuilder(
                IsOne(store) ? store[Scheme.Length..] : store
            );
            if (given.Host is not { Length: > 0 } || given.Database is not { Length: > 0 })
            {
                throw new StoreUnusableException(
                    $"--store postgres: needs Host and Database, for example: {example}"
                );
            }

            if (given.SearchPath is { Length: > 0 } path && !IsName(path))
            {
                throw new StoreUnusableException(
                    "The Search Path in --store must be one schema name of small letters, digits and underscores."
                );
            }

            return new PostgresAddress(given);
        }
        catch (Exception wrong)
            when (wrong is ArgumentException or FormatException or KeyNotFoundException)
        {
            // The reason is left out: it may quote the password.
            throw new StoreUnusableException(
                $"What follows postgres: in --store is not a connection string. It looks like this: {example}"
            );
        }
    }

    /// <summary>The connections of one process.</summary>
    public NpgsqlDataSource Connect(string name)
    {
        var settings = new NpgsqlConnectionStringBuilder(_given.ConnectionString)
        {
            SearchPath = Schema,
            ApplicationName = name,
            IncludeErrorDetail = false,
            PersistSecurityInfo = false,
            Enlist = false,
        };
        Default("Timeout", () => settings.Timeout = ConnectSeconds);
        Default("Command Timeout", () => settings.CommandTimeout = CommandSeconds);
        Default("Maximum Pool Size", () => settings.MaxPoolSize = Reads);
        Default("Max Auto Prepare", () => settings.MaxAutoPrepare = 100);
        Default("Keepalive", () => settings.KeepAlive = KeepAliveSeconds);
        Default("Tcp Keepalive", () => settings.TcpKeepAlive = true);
        return NpgsqlDataSource.Create(settings);

        void Default(string keyword, Action set)
        {
            if (!_given.ShouldSerialize(keyword))
            {
                set();
            }
        }
    }

    /// <summary>Server, database and schema: for people, and without anything secret.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"PostgreSQL at {_given.Host}:{_given.Port}, database {_given.Database}, schema {Schema}"
        );

    // It is put into statements as it stands.
    private static bool IsName(string text) =>
        text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_')
        && !char.IsAsciiDigit(text[0]);
}
