using Xunit;

namespace Sidecar.Tests.Storage.Postgres;

/// <content>Without PostgreSQL tests are skipped, but in CI.</content>
internal sealed partial class PostgresCluster
{
    static partial void SkipWhereNobodyMinds()
    {
        if (Environment.GetEnvironmentVariable("CI") is null or "")
        {
            Assert.Skip(Missing);
        }
    }
}
