using System.Text;
using Shouldly;
using Sidecar.Csv;
using Sidecar.Features.Customers.Domain;
using Xunit;

namespace Sidecar.Tests.Csv;

/// <summary>Files that people make with spreadsheets, read and written.</summary>
public sealed class CsvTableTests
{
    private static readonly CsvHeading Key = new("key") { IsRequired = true };
    private static readonly CsvHeading Name = new("customer_name");
    private static readonly CsvHeading Arr = new("arr");
    private static readonly CsvHeading Since = new("since");
    private static readonly CsvHeading Key2 = new("is_key");

    private sealed record Account(
        string Key,
        string Name,
        decimal? Arr = null,
        DateOnly? Since = null,
        bool? IsKey = null
    );

    [Fact]
    public async Task ALL_4_A_file_is_UTF_8_with_a_mark_and_CRLF_and_quotes_only_where_needed()
    {
        var bytes = await Written(
            new Account("abc", "Grün, \"Söhne\" & Co", -5m, new DateOnly(2026, 2, 3), true),
            new Account("=x", "two\r\nlines")
        );
        bytes[..3].ShouldBe([0xEF, 0xBB, 0xBF]);
        Encoding
            .UTF8.GetString(bytes[3..])
            .ShouldBe(
                "key,customer_name,arr,since,is_key,at\r\n"
                    + "abc,\"Grün, \"\"Söhne\"\" & Co\",-5,2026-02-03,yes,2026-02-03T09:00:00Z\r\n"
                    + "'=x,\"two\r\nlines\",,,,2026-02-03T09:00:00Z\r\n"
            );
    }

    [Fact]
    public async Task CUS_2_What_was_written_is_read_back_without_loss()
    {
        Account[] accounts =
        [
            new("abc", " spaces ", -5m, new DateOnly(2026, 2, 3), false),
            new("=cmd|' /C calc'!A0", "'=quoted\"\n-line;@x\t", 0.10m),
            new("'-", "日本-電気"),
        ];
        var content = await Read(new MemoryStream(await Written(accounts)));
        content.Problems.ShouldBeEmpty();
        content.Records.Select(r => r.Value).ShouldBe(accounts);
        content.Records.Select(r => r.Line).ShouldBe([2, 3, 5]);
    }

    [Theory]
    [InlineData("Key;Customer Name;ARR\r\nabc;Acme, Inc;1200000")]
    [InlineData("key\tCUSTOMER-NAME\tarr\nabc\tAcme, Inc\t\"1,200,000\"\n\n")]
    [InlineData("key,customername,a r r\rabc,\"Acme, Inc\",1200000.00")]
    [InlineData("sep=;\nKEY;customer_name;arr\nabc;\"Acme, Inc\";1200000\n;;\n")]
    [InlineData("\"key\";\"customer_name\";\"arr\"\n\"abc\";\"Acme, Inc\";\"1 200 000\"")]
    [InlineData("arr;customer_name;key;\n1200000;Acme, Inc;abc;\n")]
    public async Task CUS_2_Separator_headings_and_line_ends_are_recognised(string file)
    {
        var content = await Read(file);
        content.Problems.ShouldBeEmpty();
        content.Records.Single().Value.ShouldBe(new Account("abc", "Acme, Inc", 1_200_000m));
    }

    [Fact]
    public async Task CUS_2_UTF_16_with_a_mark_is_read_and_other_encodings_are_refused_with_the_remedy()
    {
        const string file = "key,customer_name\nabc,Grün\n";
        foreach (
            var encoding in (Encoding[])[Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF8]
        )
        {
            byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(file)];
            (await Read(new MemoryStream(bytes))).Records.Single().Value.Name.ShouldBe("Grün");
        }

        foreach (var encoding in (Encoding[])[Encoding.Latin1, new UnicodeEncoding(false, false)])
        {
            var refused = await Read(new MemoryStream(encoding.GetBytes(file)));
            refused.IsRefused.ShouldBeTrue();
            refused.Problems.Single().ToString().ShouldContain("CSV UTF-8");
            refused.Problems.Single().ToString().ShouldContain("windows-1252");
        }
    }

    [Fact]
    public async Task CUS_2_A_bad_row_is_named_by_the_line_it_starts_in_and_the_good_ones_are_kept()
    {
        var content = await Read(
            string.Join(
                '\n',
                "key,customer_name,arr,since,is_key",
                "one,\"of\nthree\nlines\",1",
                "",
                "two,b,much,2/3/2026,maybe",
                "three,\"c\"d,1",
                "four,e,1,2026-02-03,no,oops",
                "five,5\" disk,2"
            )
        );
        content
            .Records.Select(r => (r.Line, r.Value.Key, r.Value.Name))
            .ShouldBe([(2, "one", "of\nthree\nlines"), (9, "five", "5\" disk")]);
        content
            .Problems.Select(p => (p.Line, p.Column))
            .ShouldBe([(6, "arr"), (6, "since"), (6, "is_key"), (7, null), (8, null)]);
        content.Problems[0].ToString().ShouldStartWith("Line 6, arr: “much” is not a number");
        content.Problems[1].Why.ShouldContain("2026-02-03");
        content.IsRefused.ShouldBeFalse();
    }

    [Fact]
    public async Task CUS_2_A_quote_that_is_never_closed_is_named_and_what_came_before_is_kept()
    {
        var content = await Read("key,customer_name\none,a\ntwo,\"b\nthree,c\nfour,d\n");
        content.Records.Select(r => r.Value.Key).ShouldBe(["one"]);
        content.Problems.Single().ToString().ShouldStartWith("Line 3: A quote is opened here");

        var long0 = new string('x', 100_000);
        var refused = await Read(
            $"key,customer_name\none,\"{long0}",
            new CsvLimits { RowBytes = 1024 }
        );
        refused.IsRefused.ShouldBeTrue();
        refused.Problems.Single().Why.ShouldContain("longer than 1 KB");
    }

    [Theory]
    [InlineData("customer_name\nx", "Line 1: The column “key” is missing")]
    [InlineData("key,Key\nx,y", "Line 1: The column “key” is there twice")]
    [InlineData(
        "\n\nshade,colour\nx,y",
        "Line 3: None of its columns is known. Columns are: key, customer_name, arr"
    )]
    [InlineData("", "The file is empty. Its first line names the columns: key, customer_name")]
    [InlineData("\r\n \r\n", "The file is empty.")]
    public async Task CUS_2_A_missing_unknown_or_doubled_column_is_named(
        string file,
        string problem
    )
    {
        var content = await Read(file);
        content.IsRefused.ShouldBeTrue();
        content.Records.ShouldBeEmpty();
        content.Problems[0].ToString().ShouldContain(problem);
    }

    [Fact]
    public async Task U12_Unknown_columns_are_named_once_and_left_out()
    {
        var content = await Read("key,custmer_name,colour,arr\nx,y,z,5\nu,v,w,6\n");
        content.IsRefused.ShouldBeFalse();
        content.Problems.ShouldBeEmpty();
        content.Records.Select(r => r.Value.Arr).ShouldBe([5, 6]);
        content.LeftOut.ShouldBe(["“custmer_name” (did you mean “customer_name”?)", "“colour”"]);
    }

    [Fact]
    public async Task T4_Marks_that_nobody_sees_are_no_part_of_a_heading()
    {
        var content = await Read("\uFEFF\u200Ekey,cust\u00ADomer_name\nx,y\n");
        content.LeftOut.ShouldBeEmpty();
        content.Columns.Select(c => c.Name).ShouldBe(["key", "customer_name"]);
    }

    [Fact]
    public async Task X2_A_file_of_nothing_but_headings_is_refused_at_once()
    {
        var headings = string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"h{i}"));
        var content = await Read($"key,{headings}\n");
        content.IsRefused.ShouldBeTrue();
        content.Problems.Single().Why.ShouldContain("more than 500");
    }

    [Theory]
    [InlineData("#REF!")]
    [InlineData("#N/A")]
    [InlineData("########")]
    public async Task T8_What_a_spreadsheet_writes_for_no_value_is_named_by_line(string cell)
    {
        var content = await Read($"key,customer_name\nx,{cell}\n");
        content.Records.ShouldBeEmpty();
        content.Problems.Single().ToString().ShouldStartWith($"Line 2, customer_name: “{cell}”");
    }

    [Fact]
    public async Task CUS_2_A_column_that_is_not_there_is_told_from_an_empty_cell()
    {
        List<(bool, bool)> said = [];
        await CsvTable.Read(
            new MemoryStream("key,arr\none,\ntwo\n"u8.ToArray()),
            [Key, Name, Arr],
            row =>
            {
                said.Add((row.Has(Name), row.Has(Arr)));
                return row.Text(Key);
            },
            null,
            TestContext.Current.CancellationToken
        );
        said.ShouldBe([(false, true), (false, false)]);
    }

    [Theory]
    [InlineData("1,200", 1200)]
    [InlineData("-5", -5)]
    [InlineData("1'200'000", 1200000)]
    [InlineData("1200,50", null)]
    [InlineData("1.200.000", null)]
    [InlineData("$5", null)]
    [InlineData("1e9", null)]
    public async Task CUS_2_Numbers_are_taken_when_they_can_mean_one_thing_only(
        string cell,
        int? number
    )
    {
        var content = await Read($"key;arr\nx;{cell}");
        content.Problems.Count.ShouldBe(number is null ? 1 : 0);
        content.Records.SingleOrDefault()?.Value.Arr.ShouldBe(number);
    }

    [Fact]
    public async Task CUS_2_Too_many_rows_are_refused_before_they_are_read()
    {
        var content = await Read("key\na\nb\nc\n", new CsvLimits { Rows = 2 });
        content.IsRefused.ShouldBeTrue();
        content.Problems.Single().Why.ShouldContain("more than 2 rows");
    }

    private static Task<CsvContent<Account>> Read(string file, CsvLimits? limits = null) =>
        Read(new MemoryStream(Encoding.UTF8.GetBytes(file)), limits);

    private static Task<CsvContent<Account>> Read(Stream file, CsvLimits? limits = null) =>
        CsvTable.Read(
            file,
            [Key, Name, Arr, Since, Key2, new CsvHeading("at")],
            row => new Account(
                row[Key],
                row[Name],
                row.Number(Arr),
                row.Date(Since),
                row.Flag(Key2)
            ),
            limits,
            TestContext.Current.CancellationToken
        );

    private static async Task<byte[]> Written(params Account[] accounts)
    {
        using var file = new MemoryStream();
        var count = await CsvTable.Write<Account>(
            file,
            [
                new("key", a => a.Key),
                new("customer_name", a => a.Name),
                new("arr", a => a.Arr),
                new("since", a => a.Since),
                new("is_key", a => a.IsKey),
                new("at", _ => new DateTimeOffset(2026, 2, 3, 10, 0, 0, TimeSpan.FromHours(1))),
            ],
            accounts.ToAsyncEnumerable(),
            TestContext.Current.CancellationToken
        );
        count.ShouldBe(accounts.Length);
        return file.ToArray();
    }
}
