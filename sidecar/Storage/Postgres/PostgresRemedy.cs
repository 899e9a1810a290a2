using System.Globalization;
using System.Net.Sockets;
using Npgsql;

namespace Sidecar.Storage.Postgres;

/// <summary>What an administrator reads when the database can't be used. Nothing of a connection string is in it.</summary>
internal static class PostgresRemedy
{
    public const string BackedUpByServer =
        "A store on PostgreSQL is backed up with the server's own tools, by whoever keeps the server: pg_dump --schema=escalate <database>. The keys that buttons are sealed with are in the database; copy secrets.json and settings.json beside it.";

    public const string RestoredByServer =
        "A store on PostgreSQL is restored with the server's own tools, by whoever keeps the server: stop every sidecar, then pg_restore or psql with the dump. A backup of files goes into a database in two steps: restore it into a directory, then store copy --from <directory> --to postgres:<connection string>.";

    public const string CompactedByServer =
        "A PostgreSQL server makes its tables smaller by itself (autovacuum); VACUUM FULL does it at once while every sidecar is stopped.";

    public const string ExportedFromCopy =
        "Copy the store out of the database first: store copy --from postgres:<connection string> --to <directory>; then export from that directory.";

    /// <summary>A schema that may not be used is not searched: what is in it seems not to be there.</summary>
    public static bool IsLackOfRights(PostgresException refused) =>
        refused.SqlState
            is PostgresErrorCodes.InsufficientPrivilege
                or PostgresErrorCodes.UndefinedTable
                or PostgresErrorCodes.InvalidSchemaName;

    public static string NoDatabase(PostgresAddress address, Exception problem) =>
        $"{address} can't be used: {Reason(problem)}. Check the server, the name of the database, the user and the password or certificate in --store.";

    public static string Rights(PostgresAddress address, string reason) =>
        $"{address} can't be used: {reason}. The user needs a schema of its own and nothing else. A database administrator runs: "
        + $"CREATE SCHEMA {address.Schema} AUTHORIZATION <user>; "
        + $"A user that does not own the schema needs, once another has made the tables: GRANT USAGE ON SCHEMA {address.Schema} TO <user>; "
        + $"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {address.Schema} TO <user>;";

    public static string Foreign(PostgresAddress address) =>
        $"{address} has a table named store that is not of this program. Name another schema in --store with Search Path=<schema>.";

    public static string Newer(PostgresAddress address, int found, int usableFrom, int known) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{address} has tables of version {found}, which a release must know at least version {usableFrom} to use; this one knows {known}. "
        )
        + "They were upgraded by a newer release: start that one or a later one, or restore a dump made before.";

    /// <summary>Why, in words, from the innermost reason that says something.</summary>
    public static string Reason(Exception problem)
    {
        for (var inner = problem; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case PostgresException refused:
                    return refused.SqlState switch
                    {
                        PostgresErrorCodes.InvalidPassword
                        or PostgresErrorCodes.InvalidAuthorizationSpecification =>
                            "the server does not accept the user or the password",
                        PostgresErrorCodes.InvalidCatalogName => "there is no such database",
                        PostgresErrorCodes.ReadOnlySqlTransaction =>
                            "the server only allows reading, as a standby does",
                        PostgresErrorCodes.DiskFull => "the server's disk is full",
                        PostgresErrorCodes.TooManyConnections =>
                            "the server has no connection left",
                        PostgresErrorCodes.CannotConnectNow => "the server is starting or stopping",
                        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown =>
                            "the server was shut down",
                        _ => $"the server says “{refused.MessageText}” ({refused.SqlState})",
                    };
                case SocketException socket:
                    return socket.SocketErrorCode switch
                    {
                        SocketError.ConnectionRefused => "nothing listens there",
                        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain =>
                            "the name of the host is not known",
                        SocketError.TimedOut => "the server does not answer",
                        _ => socket.Message,
                    };
                case System.Security.Authentication.AuthenticationException:
                    return "the server's certificate is not trusted, or is for another name";
                case TimeoutException:
                    return "the server did not answer in time";
            }
        }

        return problem is NpgsqlException { InnerException: { } last }
            ? $"the connection was lost ({last.Message})"
            : "the connection was lost";
    }
}
