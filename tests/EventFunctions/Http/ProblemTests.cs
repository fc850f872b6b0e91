using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Inventory.Api;
using EventFunctions.Ordering.Api;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace EventFunctions.Tests.Http;

public sealed class ProblemTests
{
    public static TheoryData<CommandResult<string>, int, string> Outcomes => new()
    {
        { new CommandResult<string>.Rejected(new Rejection("out-of-stock", "No more."), "", 1), 422, "out-of-stock" },
        { new CommandResult<string>.Stale(ExpectedVersion.Exactly(1), 2), 412, "stale-version" },
        { new CommandResult<string>.Contended(10), 409, "contended" },
        { new CommandResult<string>.Reused(), 422, "idempotency-key-reused" },
    };

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void A_command_that_did_not_commit_is_a_problem_with_a_stable_code(CommandResult<string> result, int status, string code) =>
        Assert.Equal((status, code), (ProblemMap.Of(result).Status, ProblemMap.Of(result).Code));

    [Fact]
    public void A_command_that_committed_is_no_problem() =>
        Assert.Throws<ArgumentException>(() => ProblemMap.Of(new CommandResult<string>.Committed("", 1, false)));

    [Fact]
    public async Task A_store_that_is_away_is_503_with_retry_after_in_whole_seconds()
    {
        var call = await new HttpCall().AnswerAsync(_ => throw new StoreUnavailableException("away", TimeSpan.FromMilliseconds(2300)));

        Assert.Equal((503, "3"), (call.Response.StatusCode, call.Response.Headers.RetryAfter.ToString()));
        Assert.Equal("application/problem+json", call.Response.ContentType);
        var json = call.Json;
        Assert.Equal("unavailable", json.GetProperty("code").GetString());
        Assert.Equal("urn:eventfunctions:problem:unavailable", json.GetProperty("type").GetString());
        Assert.Equal(503, json.GetProperty("status").GetInt32());
        Assert.NotEmpty(json.GetProperty("title").GetString()!);
        Assert.NotEmpty(json.GetProperty("correlationId").GetString()!);
        Assert.False(json.TryGetProperty("retryAfter", out _));
    }

    [Fact]
    public async Task An_unknown_failure_is_500_and_tells_nothing_of_itself()
    {
        var call = await new HttpCall().AnswerAsync(_ => throw new InvalidOperationException("secret"));

        Assert.Equal(500, call.Response.StatusCode);
        Assert.DoesNotContain("secret", call.Json.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "$")]
    [InlineData("", "$")]
    [InlineData("null", "$")]
    [InlineData("[]", "$")]
    [InlineData("""{"quantity":"many"}""", "quantity")]
    public async Task A_body_that_is_not_the_expected_json_is_400_and_says_where(string body, string field)
    {
        var call = new HttpCall(body);

        await call.AnswerAsync(async r =>
        {
            (await RequestBody.ReadAsync(r, CancellationToken.None)).Json<ReplenishRequest>();
            throw new InvalidOperationException("The body was taken for JSON.");
        });

        Assert.Equal(400, call.Response.StatusCode);
        Assert.Equal(field, Assert.Single(call.Json.GetProperty("errors").EnumerateObject()).Name);
    }

    [Theory]
    [InlineData("""{"quantity":1e400}""")]
    [InlineData("""{"quantity":"2"}""")]
    [InlineData("""{"quantity":[2]}""")]
    [InlineData("""{"quantity":2} {"quantity":2}""")]
    [InlineData("""{"quantity":2,}""")]
    [InlineData("""{"quantity":2 /* two */}""")]
    [InlineData("""{"quantity":1,"quantity":2}""")]
    [InlineData("""{"quantity":1,"Quantity":2}""")]
    [InlineData("\"text\"")]
    [InlineData("42")]
    public async Task A_body_that_could_be_taken_for_something_it_is_not_is_400(string body)
    {
        var call = await ReadAsync<ReplenishRequest>(new HttpCall(body));

        Assert.Equal((400, "malformed-json"), (call.Response.StatusCode, call.Json.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_body_nested_too_deeply_is_400()
    {
        var call = await ReadAsync<ReplenishRequest>(new HttpCall($$"""{"more":{{new string('[', 10_000)}}{{new string(']', 10_000)}}}"""));

        Assert.Equal(400, call.Response.StatusCode);
    }

    [Theory]
    [InlineData("C3 28")]
    [InlineData("ED A0 80")]
    [InlineData("5C 75 44 38 30 30")]
    public async Task Text_that_no_string_can_hold_is_400(string hexadecimal)
    {
        var call = new HttpCall(string.Empty);
        byte[] body = [.. "{\"reason\":\""u8, .. hexadecimal.Split(' ').Select(h => Convert.ToByte(h, 16)), .. "\"}"u8];
        call.Request.Body = new MemoryStream(body);
        call.Request.ContentLength = body.Length;

        await ReadAsync<CancelOrderRequest>(call);

        Assert.Equal((400, "malformed-json"), (call.Response.StatusCode, call.Json.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Sagas_that_do_not_answer_are_503_with_retry_after()
    {
        var call = await new HttpCall().AnswerAsync(_ => throw new RpcException(new Status(StatusCode.Unavailable, "10.0.0.4 refused")));

        Assert.Equal((503, "5"), (call.Response.StatusCode, call.Response.Headers.RetryAfter.ToString()));
        Assert.DoesNotContain("10.0.0.4", call.Json.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_client_says_of_itself_is_kept_within_bounds()
    {
        var metadata = new RequestMetadata();
        var trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        var call = new HttpCall(null, ("User-Agent", new string('x', 20_000)), ("traceparent", trace), ("tracestate", $"a={new string('x', 20_000)}"));

        metadata.Fill(call.Request, hostTraceParent: null);

        var kept = metadata.ForCommand(Guid.NewGuid());
        Assert.Equal((512, trace, null), (kept.UserAgent!.Length, kept.TraceParent, kept.TraceState));
    }

    [Fact]
    public async Task A_wrong_kind_of_value_deep_in_the_body_is_reported_with_its_path()
    {
        var call = new HttpCall("""{"lines":[{"quantity":1},{"quantity":true}]}""");

        await call.AnswerAsync(async r => Results.Ok((await RequestBody.ReadAsync(r, CancellationToken.None)).Json<PlaceOrderRequest>()));

        Assert.Equal("lines[1].quantity", Assert.Single(call.Json.GetProperty("errors").EnumerateObject()).Name);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_the_limit_is_413_whether_or_not_it_says_its_length(bool saysLength)
    {
        var call = new HttpCall(new string(' ', RequestBody.MaxBytes + 1));
        call.Request.ContentLength = saysLength ? call.Request.ContentLength : null;

        await call.AnswerAsync(async r => Results.Ok(await RequestBody.ReadAsync(r, CancellationToken.None)));

        Assert.Equal((413, "body-too-large"), (call.Response.StatusCode, call.Json.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_body_of_just_the_limit_is_read_whole()
    {
        var call = new HttpCall(new string(' ', RequestBody.MaxBytes));
        call.Request.ContentLength = null;

        Assert.Equal(RequestBody.MaxBytes, (await RequestBody.ReadAsync(call.Request, CancellationToken.None)).Bytes.Length);
    }

    [Theory]
    [InlineData("\"3\"", "3")]
    [InlineData("*", "any")]
    [InlineData("", "any")]
    public void If_match_names_a_version(string header, string expected) =>
        Assert.Equal(expected, Preconditions.IfMatch(new HttpCall(null, ("If-Match", header)).Request).ToString());

    [Theory]
    [InlineData("3")]
    [InlineData("\"-1\"")]
    [InlineData("\"\"")]
    [InlineData("W/\"3\"")]
    [InlineData("\"1\", \"2\"")]
    public void An_if_match_that_names_no_version_is_400(string header)
    {
        var request = new HttpCall(null, ("If-Match", header)).Request;

        Assert.Equal(400, Assert.Throws<ProblemException>(() => Preconditions.IfMatch(request)).Problem.Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("ü")]
    public void An_idempotency_key_that_cannot_be_used_is_400(string key)
    {
        var request = new HttpCall(null, (IdempotencyKey.Header, key)).Request;

        Assert.Equal(400, Assert.Throws<ProblemException>(() => IdempotencyKey.IdFor(request, Guid.Empty)).Problem.Status);
    }

    [Fact]
    public void The_same_key_gives_the_same_id_within_one_scope_only()
    {
        var request = new HttpCall(null, (IdempotencyKey.Header, "key-1")).Request;
        var scope = Guid.NewGuid();

        Assert.Equal(IdempotencyKey.IdFor(request, scope), IdempotencyKey.IdFor(request, scope));
        Assert.NotEqual(IdempotencyKey.IdFor(request, scope), IdempotencyKey.IdFor(request, Guid.NewGuid()));
        Assert.NotEqual(IdempotencyKey.IdFor(new HttpCall().Request, scope), IdempotencyKey.IdFor(new HttpCall().Request, scope));
    }

    [Theory]
    [InlineData("corr-1", true)]
    [InlineData("with space", false)]
    [InlineData("", false)]
    public void A_usable_correlation_id_is_kept_and_any_other_is_replaced(string sent, bool kept)
    {
        var metadata = new RequestMetadata();

        metadata.Fill(new HttpCall(null, (RequestMetadata.CorrelationHeader, sent)).Request, hostTraceParent: null);

        Assert.Equal(kept, metadata.CorrelationId == sent);
        Assert.NotEmpty(metadata.CorrelationId);
    }

    [Fact]
    public void A_trace_context_that_is_none_is_replaced_by_the_hosts()
    {
        const string Host = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        const string Client = "00-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbb-01";
        var metadata = new RequestMetadata();

        metadata.Fill(new HttpCall(null, ("traceparent", "junk")).Request, Host);
        Assert.Equal(Host, metadata.ForCommand(Guid.NewGuid()).TraceParent);
        metadata.Fill(new HttpCall(null, ("traceparent", Client)).Request, Host);
        Assert.Equal(Client, metadata.ForCommand(Guid.NewGuid()).TraceParent);
    }

    private static Task<HttpCall> ReadAsync<T>(HttpCall call)
        where T : class => call.AnswerAsync(async r => Results.Ok((await RequestBody.ReadAsync(r, CancellationToken.None)).Json<T>()));
}
