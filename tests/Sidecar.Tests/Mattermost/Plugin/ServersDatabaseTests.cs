using Npgsql;
using Shouldly;
using Sidecar.Hosting.Plugin;
using Sidecar.Mattermost.Plugin;
using Xunit;

namespace Sidecar.Tests.Mattermost.Plugin;

/// <summary>Mattermost's own way of writing where its database is.</summary>
public sealed class ServersDatabaseTests
{
    [Theory]
    [InlineData(
        "postgres://mmuser:p%40ss@db:5433/mattermost?sslmode=disable&connect_timeout=10",
        "db 5433 mattermost mmuser p@ss Disable"
    )]
    [InlineData("postgresql://mmuser@db/mattermost", "db 5432 mattermost mmuser  Require")]
    [InlineData(
        "postgres://mmuser@/mattermost?host=/var/run/postgresql&sslmode=disable",
        "/var/run/postgresql 5432 mattermost mmuser  Disable"
    )]
    [InlineData(
        "postgres:///mattermost?host=/run/pg&user=mm&password=a+b%26c",
        "/run/pg 5432 mattermost mm a b&c Require"
    )]
    [InlineData(
        "host=/var/run/postgresql user=mmuser dbname=mattermost sslmode=verify-full",
        "/var/run/postgresql 5432 mattermost mmuser  VerifyFull"
    )]
    [InlineData(
        @"  host = db port= 6000 user='mm user' password='it\'s \\ here' dbname=''  ",
        @"db 6000 mm user mm user it's \ here Require"
    )]
    [InlineData("postgres://mm:a%3Ab@[::1]:6000/mattermost", "::1 6000 mattermost mm a:b Require")]
    [InlineData("user=mmuser", "localhost 5432 mmuser mmuser  Require")]
    public void UP_1_Both_of_its_forms_are_understood(string written, string meant)
    {
        PluginStore.Address(written).ShouldStartWith("postgres:");
        var read = new NpgsqlConnectionStringBuilder(
            PluginStore.Address(written)["postgres:".Length..]
        );
        $"{read.Host} {read.Port} {read.Database} {read.Username} {read.Password} {read.SslMode}".ShouldBe(
            meant
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("mmuser:secret@tcp(db:3306)/mattermost")]
    [InlineData("host=db dbname=mattermost")]
    [InlineData("host=db user='never ends")]
    [InlineData("host=db user=mm port=many")]
    [InlineData(@"user=mm password=\")]
    [InlineData("mysql://mm@db/mattermost")]
    public void UP_1_What_is_neither_is_refused_with_what_to_do_and_no_secret(string written)
    {
        var refused = Should.Throw<PluginRefusal>(() => PluginStore.Address(written));

        refused.Message.ShouldContain("System Console > Plugins > Escalate");
        refused.Message.ShouldNotContain("secret");
    }
}
