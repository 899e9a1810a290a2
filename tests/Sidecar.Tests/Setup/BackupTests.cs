using System.Formats.Tar;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Sidecar.Settings;
using Sidecar.Setup;
using Sidecar.Setup.Settings;
using Sidecar.Storage;
using Sidecar.Storage.Engines;
using Xunit;

namespace Sidecar.Tests.Setup;

public sealed class BackupTests
{
    private const string Key = "keys/key-6a1b9a51-0f39-4d57-9d11-1f1d3a1b9c01.xml";

    [Theory]
    [InlineData("litedb")]
    [InlineData("sqlite")]
    public async Task A_backup_of_a_running_sidecar_makes_another_machine_work(string word)
    {
        await using var bench = await Furnished(word);
        await using var running = await Engine(bench.Data);
        await Put(running, "ESC-2");

        (await Backup(bench)).ShouldBe(ExitCode.Done, bench.Error);
        (await Restore(bench, Elsewhere(bench))).ShouldBe(ExitCode.Done, bench.Error);

        await using var restored = await Engine(Elsewhere(bench));
        (await Has(restored, "ESC-1")).ShouldBeTrue();
        (await Has(restored, "ESC-2")).ShouldBeTrue();
        new SecretsFile(Elsewhere(bench)).Read().Bot.ShouldBe(bench.File.Read().Bot);
        (await Text(Path.Combine(Elsewhere(bench), Key))).ShouldBe("<key/>");
        await Put(running, "ESC-3");
    }

    [Fact]
    public async Task It_is_for_its_owner_only_and_says_what_is_in_it()
    {
        await using var bench = await Furnished();

        await Backup(bench);

        bench.Output.ShouldContain("act as the bot");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Archive(bench))
                .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        Directory.GetFiles(bench.Folder).ShouldBe([Archive(bench)]);
    }

    [Theory]
    [InlineData()]
    [InlineData("--without-secrets")]
    public async Task The_settings_come_along(params string[] more)
    {
        await using var bench = await Furnished();
        await Set(bench.Data, "{ /* ours */ }");

        (await Backup(bench, more)).ShouldBe(ExitCode.Done, bench.Error);
        (await Restore(bench, Elsewhere(bench))).ShouldBe(ExitCode.Done, bench.Error);

        bench.Output.ShouldContain("restored   settings.json");
        (await Text(Path.Combine(Elsewhere(bench), SettingsFile.Name))).ShouldBe("{ /* ours */ }");
    }

    [Fact]
    public async Task The_teams_playbooks_and_calendars_come_along_and_stay_where_they_are_there()
    {
        await using var bench = await Furnished();
        var cancel = TestContext.Current.CancellationToken;
        Directory.CreateDirectory(Path.Combine(bench.Data, "playbooks"));
        foreach (var name in (string[])["playbooks/ours.json", "playbooks/theirs.json", "team.ics"])
        {
            await File.WriteAllTextAsync(Path.Combine(bench.Data, name), "of the backup", cancel);
        }

        await Backup(bench);
        Directory.CreateDirectory(Path.Combine(Elsewhere(bench), "playbooks"));
        await File.WriteAllTextAsync(
            Path.Combine(Elsewhere(bench), "playbooks/ours.json"),
            "of today",
            cancel
        );
        (await Restore(bench, Elsewhere(bench))).ShouldBe(ExitCode.Done, bench.Error);

        bench.Output.ShouldContain("restored   2 playbook(s) and calendar(s)");
        (await Text(Path.Combine(Elsewhere(bench), "playbooks/ours.json"))).ShouldBe("of today");
        (await Text(Path.Combine(Elsewhere(bench), "team.ics"))).ShouldBe("of the backup");
    }

    [Fact]
    public async Task Settings_that_are_there_stay()
    {
        await using var bench = await Furnished();
        await Set(bench.Data, "{ /* of the backup */ }");
        await Backup(bench);
        Directory.CreateDirectory(Elsewhere(bench));
        await Set(Elsewhere(bench), "{ /* of today */ }");

        await Restore(bench, Elsewhere(bench));

        bench.Output.ShouldContain("unchanged  settings.json");
        (await Text(Path.Combine(Elsewhere(bench), SettingsFile.Name))).ShouldBe(
            "{ /* of today */ }"
        );
    }

    [Fact]
    public async Task Restored_files_are_for_their_owner_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps rights elsewhere.");
        await using var bench = await Furnished();
        await Backup(bench);

        await Restore(bench, Elsewhere(bench));

        foreach (var file in Directory.GetFiles(Elsewhere(bench), "*", SearchOption.AllDirectories))
        {
            if (!OperatingSystem.IsWindows())
            {
                File.GetUnixFileMode(file)
                    .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
            }
        }

        new SecretsFile(Elsewhere(bench)).Exposed().ShouldBeNull();
    }

    [Fact]
    public async Task Without_secrets_there_is_none_in_it()
    {
        await using var bench = await Furnished();
        var token = bench.File.Read().Bot.Token.Reveal();

        await Backup(bench, "--without-secrets");

        Encoding
            .Latin1.GetString(
                await File.ReadAllBytesAsync(Archive(bench), TestContext.Current.CancellationToken)
            )
            .ShouldNotContain(token);
        bench.Output.ShouldContain("without tokens and keys");
        await Restore(bench, Elsewhere(bench));
        bench.Output.ShouldContain("skipped    secrets.json");
    }

    [Fact]
    public async Task A_sound_store_is_replaced_only_by_force_and_kept_aside()
    {
        await using var bench = await Furnished();
        await Backup(bench);
        await using (var engine = await Engine(bench.Data))
        {
            await Put(engine, "ESC-9");
        }

        (await Restore(bench, bench.Data)).ShouldBe(ExitCode.Failed);
        bench.Error.ShouldContain("--force");
        (await Restore(bench, bench.Data, "--force")).ShouldBe(ExitCode.Done, bench.Error);

        bench.Output.ShouldContain("what was there before, in");
        await using var restored = await Engine(bench.Data);
        (await Has(restored, "ESC-1")).ShouldBeTrue();
        (await Has(restored, "ESC-9")).ShouldBeFalse();
    }

    [Fact]
    public async Task Secrets_and_keys_that_are_there_stay()
    {
        await using var bench = await Furnished();
        await Backup(bench);
        var now = bench.File.Read();
        bench.File.Write(now with { PublicUrl = new Uri("http://127.0.0.1:9999/") });
        await File.WriteAllTextAsync(
            Path.Combine(bench.Data, Key),
            "<newer/>",
            TestContext.Current.CancellationToken
        );

        (await Restore(bench, bench.Data, "--force")).ShouldBe(ExitCode.Done, bench.Error);

        bench.Output.ShouldContain("unchanged  secrets.json");
        bench.File.Read().PublicUrl.Port.ShouldBe(9999);
        (await Text(Path.Combine(bench.Data, Key))).ShouldBe("<newer/>");
    }

    [Fact]
    public async Task A_data_directory_in_use_is_not_restored_into()
    {
        await using var bench = await Furnished();
        await Backup(bench);
        await using var running = await Engine(bench.Data);

        (await Restore(bench, bench.Data, "--force")).ShouldBe(ExitCode.Failed);

        bench.Error.ShouldContain("is in use by");
        (await Has(running, "ESC-1")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_file_that_is_there_is_never_replaced()
    {
        await using var bench = await Furnished();
        await Backup(bench);
        var before = await Text(Archive(bench));

        (await Backup(bench)).ShouldBe(ExitCode.Failed);

        bench.Error.ShouldContain("never replaces a file");
        (await Text(Archive(bench))).ShouldBe(before);
    }

    [Theory]
    [InlineData("litedb", "escalate.litedb")]
    [InlineData("sqlite", "escalate.db")]
    public async Task A_store_of_its_own_is_restored_too(string word, string file)
    {
        await using var bench = await Furnished(word);

        (
            await bench.Run(
                "restore",
                "--data",
                Elsewhere(bench),
                "--from",
                Path.Combine(bench.Data, file)
            )
        ).ShouldBe(ExitCode.Done, bench.Error);

        await using var restored = await Engine(Elsewhere(bench));
        (await Has(restored, "ESC-1")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("this is no backup")]
    public async Task A_file_that_is_no_backup_changes_nothing(string content)
    {
        await using var bench = await Furnished();
        await File.WriteAllTextAsync(
            Archive(bench),
            content,
            TestContext.Current.CancellationToken
        );

        (await Restore(bench, bench.Data, "--force")).ShouldBe(ExitCode.Failed);

        await using var engine = await Engine(bench.Data);
        (await Has(engine, "ESC-1")).ShouldBeTrue();
    }

    [Fact]
    public async Task Half_a_backup_changes_nothing()
    {
        await using var bench = await Furnished();
        await Backup(bench);
        using (var file = new FileStream(Archive(bench), FileMode.Open))
        {
            file.SetLength(file.Length / 2);
        }

        (await Restore(bench, bench.Data, "--force")).ShouldBe(ExitCode.Failed);

        await using var engine = await Engine(bench.Data);
        (await Has(engine, "ESC-1")).ShouldBeTrue();
        Directory.GetFiles(bench.Data, "*unpacking*").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_backup_of_a_newer_release_is_refused()
    {
        await using var bench = await Furnished();
        await Craft(
            bench,
            ("escalate-backup.json", """{"format": 9, "version": "7.0.0"}"""),
            ("escalate.db", "x")
        );

        (await Restore(bench, bench.Data, "--force")).ShouldBe(ExitCode.Failed);

        bench.Error.ShouldContain("written by release 7.0.0");
    }

    [Fact]
    public async Task Names_in_a_backup_lead_nowhere_else()
    {
        await using var bench = await Furnished();
        var store = await File.ReadAllBytesAsync(
            Path.Combine(bench.Data, "escalate.litedb"),
            TestContext.Current.CancellationToken
        );
        await Craft(
            bench,
            ("escalate-backup.json", """{"format": 2, "version": "0.1.0"}"""),
            ("escalate.litedb", Encoding.Latin1.GetString(store)),
            ("keys/../../escaped.xml", "<key/>"),
            ("../escaped.xml", "<key/>"),
            ("playbooks/../../escaped.json", "{}"),
            ("../escaped.ics", "BEGIN"),
            ("keys/good.xml", "<key/>")
        );

        (await Restore(bench, Elsewhere(bench))).ShouldBe(ExitCode.Done, bench.Error);

        Directory.GetFiles(bench.Folder, "escaped*", SearchOption.AllDirectories).ShouldBeEmpty();
        File.Exists(Path.Combine(Elsewhere(bench), "keys/good.xml")).ShouldBeTrue();
    }

    [Fact]
    public async Task Without_a_store_there_is_nothing_to_back_up()
    {
        await using var bench = await SetupBench.Open();

        (await Backup(bench)).ShouldBe(ExitCode.Failed);

        bench.Error.ShouldContain("There is no store in");
    }

    private static async Task<SetupBench> Furnished(string word = "litedb")
    {
        var bench = await SetupBench.Installed();
        await using var engine = await Engine(bench.Data, word);
        await Put(engine, "ESC-1");
        Directory.CreateDirectory(Path.Combine(bench.Data, "keys"));
        await File.WriteAllTextAsync(Path.Combine(bench.Data, Key), "<key/>");
        return bench;
    }

    private static Task<IStoreEngine> Engine(string directory, string? word = null) =>
        StoreFormats
            .For(directory, StoreFormats.Named(word))
            .Open(directory, TimeProvider.System, NullLoggerFactory.Instance, default);

    private static async Task Put(IStoreEngine engine, string id) =>
        (
            await engine.Commit(
                new StoreCommit
                {
                    Documents =
                    [
                        new DocumentWrite(
                            new DocumentKey("escalation", id),
                            0,
                            "{}"u8.ToArray(),
                            []
                        ),
                    ],
                },
                CancellationToken.None
            )
        ).ShouldBeOfType<CommitOutcome.Committed>();

    private static async Task<bool> Has(IStoreEngine engine, string id) =>
        await engine.Get(new DocumentKey("escalation", id), CancellationToken.None) is not null;

    private static string Archive(SetupBench bench) => Path.Combine(bench.Folder, "backup.tar");

    private static string Elsewhere(SetupBench bench) => Path.Combine(bench.Folder, "elsewhere");

    private static Task<int> Backup(SetupBench bench, params string[] more) =>
        bench.Run(["backup", "--data", bench.Data, "--to", Archive(bench), .. more]);

    [Fact]
    public async Task X11_What_no_backup_of_ours_holds_is_not_read_and_more_than_fits_is_refused()
    {
        await using var bench = await Furnished("sqlite");
        var store = await File.ReadAllBytesAsync(
            Path.Combine(bench.Data, "escalate.db"),
            TestContext.Current.CancellationToken
        );
        var unknown = new string('x', 1024 * 1024);
        await Craft(
            bench,
            [
                ("escalate-backup.json", """{"format": 1, "version": "0.1.0"}"""),
                ("escalate.db", Encoding.Latin1.GetString(store)),
                .. Enumerable.Range(0, 60).Select(i => ($"unknown-{i}.bin", unknown)),
                ("keys/good.xml", "<key/>"),
            ]
        );
        var before = GC.GetTotalAllocatedBytes(precise: true);
        (await Restore(bench, Elsewhere(bench))).ShouldBe(ExitCode.Done, bench.Error);
        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(60L * 1024 * 1024);
        File.Exists(Path.Combine(Elsewhere(bench), "keys/good.xml")).ShouldBeTrue();

        await Craft(
            bench,
            [
                ("escalate-backup.json", """{"format": 1, "version": "0.1.0"}"""),
                ("escalate.db", Encoding.Latin1.GetString(store)),
                .. Enumerable.Range(0, 40).Select(i => ($"keys/{i}.xml", unknown)),
            ]
        );
        (await Restore(bench, Elsewhere(bench), "--force")).ShouldBe(ExitCode.Failed);
        bench.Error.ShouldContain("beside the store");
    }

    private static Task<int> Restore(SetupBench bench, string data, params string[] more) =>
        bench.Run(["restore", "--data", data, "--from", Archive(bench), .. more]);

    private static Task<string> Text(string path) =>
        File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);

    private static async Task Craft(
        SetupBench bench,
        params (string Name, string Content)[] entries
    )
    {
        await using var file = File.Create(Archive(bench));
        await using var tar = new TarWriter(file);
        foreach (var (name, content) in entries)
        {
            await tar.WriteEntryAsync(
                new PaxTarEntry(TarEntryType.RegularFile, name)
                {
                    DataStream = new MemoryStream(Encoding.Latin1.GetBytes(content)),
                },
                CancellationToken.None
            );
        }
    }

    private static Task Set(string data, string settings) =>
        File.WriteAllTextAsync(
            Path.Combine(data, SettingsFile.Name),
            settings,
            TestContext.Current.CancellationToken
        );
}
