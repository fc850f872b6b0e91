using EventFunctions.Http;
using EventFunctions.Inventory.Api;
using EventFunctions.Ordering.Api;
using EventFunctions.Shipping.Api;
using FluentValidation;

namespace EventFunctions.Tests.Http;

public sealed class OtherValidatorTests
{
    public static TheoryData<ReplenishRequest, string[]> Replenishments => new()
    {
        { new ReplenishRequest(1, null), [] },
        { new ReplenishRequest(1_000_000, 0), [] },
        { new ReplenishRequest(1, 1_000_000), [] },
        { new ReplenishRequest(null, null), ["quantity"] },
        { new ReplenishRequest(0, null), ["quantity"] },
        { new ReplenishRequest(1.5m, null), ["quantity"] },
        { new ReplenishRequest(1_000_001, 1_000_001), ["quantity", "lowStockThreshold"] },
        { new ReplenishRequest(1, -1), ["lowStockThreshold"] },
        { new ReplenishRequest(1, 0.5m), ["lowStockThreshold"] },
    };

    public static TheoryData<CarrierEventRequest, string[]> CarrierEvents => new()
    {
        { new CarrierEventRequest("ref", "shp", "T1", "dispatched", DateTimeOffset.UnixEpoch), [] },
        { new CarrierEventRequest("ref", "shp", null, "delivered", DateTimeOffset.UnixEpoch), [] },
        { new CarrierEventRequest(null, null, null, null, null), ["reference", "carrierShipmentId", "status", "occurredAt"] },
        { new CarrierEventRequest("ref", "shp", null, "Delivered", DateTimeOffset.UnixEpoch), ["status"] },
    };

    [Theory]
    [MemberData(nameof(Replenishments))]
    public void A_replenishment_is_checked(ReplenishRequest request, string[] fields) => AssertFields(new ReplenishValidator(), request, fields);

    [Theory]
    [MemberData(nameof(CarrierEvents))]
    public void A_carrier_report_is_checked(CarrierEventRequest request, string[] fields) => AssertFields(new CarrierEventValidator(), request, fields);

    [Theory]
    [InlineData(null, true)]
    [InlineData(500, true)]
    [InlineData(501, false)]
    public void A_cancellation_is_checked(int? length, bool valid) => AssertFields(
        new CancelOrderValidator(), new CancelOrderRequest(length is { } n ? new string('x', n) : null), valid ? [] : ["reason"]);

    [Theory]
    [InlineData("Two lines,\r\n\tone indented.", true)]
    [InlineData("Rings the bell\a", false)]
    [InlineData("\u001b[31mRed", false)]
    [InlineData("\0", false)]
    public void A_reason_may_have_lines_but_no_other_control_characters(string reason, bool valid) =>
        AssertFields(new CancelOrderValidator(), new CancelOrderRequest(reason), valid ? [] : ["reason"]);

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData(" \n", null)]
    [InlineData("too late", "too late")]
    public void A_blank_reason_is_none(string? reason, string? told) => Assert.Equal(told, new CancelOrderRequest(reason).Words());

    private static void AssertFields<T>(AbstractValidator<T> validator, T request, string[] fields) =>
        Assert.Equal(fields, Validation.ErrorsByField(validator.Validate(request)).Keys);
}
