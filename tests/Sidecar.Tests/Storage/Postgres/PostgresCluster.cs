using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Sidecar.Tests.Storage.Postgres;

/// <summary>
/// A PostgreSQL server of our own, started once for the run in a temporary folder, on a socket in it. Without PostgreSQL
/// on the machine the tests that need it say that they were skipped; in CI they fail, since there nobody reads that.
/// </summary>
internal sealed partial class PostgresCluster : IDisposable
{
    private const string Missing =
        "PostgreSQL is not on this machine, and the store on it needs it. Install it (on Debian: apt-get install postgresql) and run again.";

    private static readonly Lazy<PostgresCluster> Started = new(() => new PostgresCluster());
    private static int _schemas;

    private readonly string _binaries;
    private readonly string _folder;
    private readonly bool _isDurable;
    private bool _isRunning;

    private PostgresCluster(PostgresCluster? primary = null, bool isDurable = false)
    {
        _isDurable = isDurable;
        _binaries = Binaries();
        _folder = Directory.CreateTempSubdirectory("escalate-pg-").FullName;
        if (Environment.IsPrivilegedProcess)
        {
            // The server refuses to run as root.
            Run("chown", "postgres", _folder);
        }

        if (primary is null)
        {
            Command(
                "initdb",
                "-D",
                Data,
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C",
                "-N"
            );
        }
        else
        {
            Command(
                "pg_basebackup",
                "-D",
                Data,
                "-d",
                $"host={primary._folder} user=postgres",
                "-X",
                "stream",
                "-c",
                "fast",
                "-R",
                "-N"
            );
        }

        Start();
        EndWithUs();
    }

    /// <summary>The server of this run.</summary>
    public static PostgresCluster Shared => Started.Value;

    /// <summary>One more, for a test that kills it.</summary>
    public static PostgresCluster StartOwn() => new();

    /// <summary>One whose commits wait for the disk, as everybody's do outside of tests.</summary>
    public static PostgresCluster StartDurable() => new(isDurable: true);

    /// <summary>
    /// One that follows this one, from a base backup of it; from now on what this one has acknowledged is on both.
    /// </summary>
    public PostgresCluster StartReplica()
    {
        var replica = new PostgresCluster(this);
        Execute("ALTER SYSTEM SET synchronous_standby_names = '*'");
        Execute("SELECT pg_reload_conf()");
        while (Ask<long>("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'") == 0)
        {
            Execute("SELECT pg_sleep(0.05)");
        }

        return replica;
    }

    /// <summary>What followed another goes on alone.</summary>
    public void Promote() => Command("pg_ctl", "-D", Data, "-w", "promote");

    private string Data => Path.Combine(_folder, "data");

    /// <summary>What <c>--store</c> is given for a schema.</summary>
    public string Store(string schema, string more = "") => $"postgres:{Connection(schema)}{more}";

    /// <summary>The same for this one and what follows it, whichever is the primary.</summary>
    public string Store(string schema, PostgresCluster replica) =>
        $"postgres:Host={_folder},{replica._folder};Database=postgres;Username=postgres;Search Path={schema};Target Session Attributes=primary";

    public string Connection(string schema) =>
        $"Host={_folder};Database=postgres;Username=postgres;Search Path={schema}";

    /// <summary>A name that no other test has.</summary>
    public static string NewSchema() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"test_{Environment.ProcessId}_{Interlocked.Increment(ref _schemas)}"
        );

    public void Drop(string schema) => Execute($"DROP SCHEMA IF EXISTS {schema} CASCADE");

    public void Execute(string sql) => Ask<object?>(sql);

    public T? Ask<T>(string sql, string schema = "public")
    {
        using var connection = new NpgsqlConnection(Connection(schema));
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar() is T answer ? answer : default;
    }

    /// <summary>The server dies without putting anything in order.</summary>
    public void Kill()
    {
        Command("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
        _isRunning = false;
    }

    public void Start()
    {
        Command(
            "pg_ctl",
            "-D",
            Data,
            "-l",
            Path.Combine(_folder, "log"),
            "-o",
            $"-k {_folder} -c listen_addresses='' -c fsync={(_isDurable ? "on" : "off")} -c max_connections=400",
            "-w",
            "start"
        );
        _isRunning = true;
    }

    /// <summary>Ends one of its own.</summary>
    public void Dispose()
    {
        if (_isRunning)
        {
            Kill();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static string Binaries()
    {
        var found = Directory.Exists("/usr/lib/postgresql")
            ? Directory
                .GetDirectories("/usr/lib/postgresql")
                .Select(version => Path.Combine(version, "bin"))
                .Where(bin => File.Exists(Path.Combine(bin, "initdb")))
                .Order(StringComparer.Ordinal)
                .LastOrDefault()
            : null;
        return found
            ?? (Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(Path.PathSeparator)
                .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
            ?? throw NotHere();
    }

    private static InvalidOperationException NotHere()
    {
        SkipWhereNobodyMinds();
        return new InvalidOperationException(Missing);
    }

    /// <summary>A test may be skipped instead, and says so.</summary>
    static partial void SkipWhereNobodyMinds();

    /// <summary>However this process ends, the server ends with it, and its folder goes.</summary>
    private void EndWithUs()
    {
        var (program, arguments) = AsItsUser("pg_ctl", "-D", Data, "-m", "immediate", "stop");
        var watch = string.Create(
            CultureInfo.InvariantCulture,
            $"while kill -0 {Environment.ProcessId}; do sleep 1; done; \"$0\" \"$@\"; rm -rf {_folder}"
        );
        Run("setsid", ["-f", "/bin/sh", "-c", watch, program, .. arguments]);
    }

    private void Command(string name, params string[] arguments)
    {
        var (program, all) = AsItsUser(name, arguments);
        Run(program, all);
    }

    private (string Program, string[] Arguments) AsItsUser(string name, params string[] arguments)
    {
        var program = Path.Combine(_binaries, name);
        return Environment.IsPrivilegedProcess
            ? ("runuser", ["-u", "postgres", "--", program, .. arguments])
            : (program, arguments);
    }

    private static void Run(string program, params string[] arguments)
    {
        // Its output goes nowhere: the server would keep a pipe open that we wait for.
        var start = new ProcessStartInfo("/bin/sh")
        {
            WorkingDirectory = "/tmp",
            ArgumentList = { "-c", "exec \"$0\" \"$@\" >/dev/null 2>&1", program },
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Path.GetFileName(program)} {string.Join(' ', arguments)} ended with {process.ExitCode}."
                )
            );
        }
    }
}
